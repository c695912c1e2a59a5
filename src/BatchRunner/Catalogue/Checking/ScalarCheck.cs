using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Holds a text or a number against its rule.</summary>
static class ScalarCheck
{
    public static bool Takes(FieldKind kind, JsonValueKind? found) =>
        found == (kind == FieldKind.Text ? JsonValueKind.String : JsonValueKind.Number);

    public static IEnumerable<RequestProblem> Run(string pointer, JsonNode? value, FieldRule rule, string where) =>
        JsonValues.Text(value) is { } text
            ? Text(pointer, text, rule, where)
            : Number(pointer, value, JsonValues.Number(value), rule, where);

    /// <summary>Several scalar alternatives at once, such as 4 to 15 or `auto`: told as one when none takes the value.</summary>
    public static IEnumerable<RequestProblem> OneOf(string pointer, JsonNode? value, FieldRule rule, string where)
    {
        var fitting = rule.Alternatives.Where(alternative => Kinds.Fits(alternative, value)).ToList();
        if (fitting.Exists(alternative => !Run(pointer, value, alternative, where).Any()))
        {
            return [];
        }

        return fitting.Count == 0 || value?.GetValueKind() == JsonValueKind.String
            ? [CatalogueProblems.WrongKind(pointer, Kinds.Found(value), Kinds.Expected(rule), Kinds.Hint(value, rule))]
            : [CatalogueProblems.WrongKind(pointer, JsonValues.Print(value), Kinds.Expected(rule))];
    }

    static IEnumerable<RequestProblem> Number(
        string pointer, JsonNode? value, decimal? number, FieldRule rule, string where)
    {
        if (rule.Choices.Count > 0)
        {
            if (!rule.Choices.Any(choice => JsonValues.Same(choice, value)))
            {
                yield return CatalogueProblems.NotOffered(pointer, JsonValues.Print(value), where, Offered(rule), null);
            }
        }
        else if (number is null || number < rule.Minimum || number > rule.Maximum)
        {
            yield return CatalogueProblems.OutOfRange(pointer, JsonValues.Print(value), where, rule);
        }
        else if (rule.Kind == FieldKind.Integer && !decimal.IsInteger(number.Value))
        {
            yield return CatalogueProblems.WrongKind(pointer, $"`{JsonValues.Print(value)}`", Kinds.Expected(rule));
        }
    }

    static IEnumerable<RequestProblem> Text(string pointer, string text, FieldRule rule, string where)
    {
        if (rule.Choices.Count > 0)
        {
            return Choice(pointer, text, rule, where);
        }

        if (text.Length < rule.MinLength)
        {
            return [CatalogueProblems.TooShort(pointer, text.Length, rule)];
        }

        if (text.Length > rule.MaxLength)
        {
            return [CatalogueProblems.TooLong(pointer, text.Length, where, rule.MaxLength.Value)];
        }

        return rule.Pattern is { } pattern && !Matches(pattern, text)
            ? [CatalogueProblems.NotOfForm(pointer, JsonValues.Print(text), rule.Note ?? $"`{pattern}`")]
            : [];
    }

    static IEnumerable<RequestProblem> Choice(string pointer, string text, FieldRule rule, string where)
    {
        if (rule.Choices.Any(choice => JsonValues.Text(choice) == text))
        {
            return rule.Deprecated.TryGetValue(text, out var instead)
                ? [CatalogueProblems.DeprecatedValue(pointer, text, instead)]
                : [];
        }

        if (rule.FreeSize is { } range && PixelSize.Parse(text) is { } size && size.IsExact)
        {
            return size.Pixels >= range.Minimum && size.Pixels <= range.Maximum
                ? []
                : [CatalogueProblems.FreeSizeOutside(pointer, text, size.Pixels, range)];
        }

        var offered = Offered(rule);
        var shown = JsonValues.Print(text);
        return rule.Name is "ratio" or "targetAspectRatio"
            ? [CatalogueProblems.RatioNotOffered(pointer, shown, where, offered, PixelSize.Nearest(text, offered))]
            : [CatalogueProblems.NotOffered(pointer, shown, where, offered, Hint(text, offered))];
    }

    // Of `720p` and `480p` neither is a slip of the other.
    static string? Hint(string text, List<string> offered) =>
        Nearest.To(text, offered) is { } near && !near.Any(char.IsAsciiDigit) ? Nearest.Hint(text, offered) : null;

    static List<string> Offered(FieldRule rule) =>
        [.. rule.Choices.Select(JsonValues.Print).Where(choice => !rule.Deprecated.ContainsKey(choice))];

    static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
