using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Requests;

/// <summary>Makes of a template's value what the field takes: the field's type decides, not the cell's look.</summary>
static class FieldValue
{
    /// <summary>The value as JSON; null if the field takes no such value.</summary>
    /// <param name="value">What the template gave, not null.</param>
    /// <param name="rule">What the field takes; null: not known, then the value stays what it is.</param>
    public static JsonNode? Of(object value, FieldRule? rule) => rule?.Kind switch
    {
        null => Kept(value),
        FieldKind.OneOf => Fitting(value, rule),
        FieldKind.Integer => Integer(value),
        FieldKind.Number => Number(value),
        FieldKind.Boolean => Truth(value),
        FieldKind.Object => value is TemplateMap map ? Object(map, rule) : null,
        FieldKind.List => value is IReadOnlyList<object?> list ? List(list, rule.Item) : null,
        _ => Text(value),
    };

    /// <summary>What a field takes, in words.</summary>
    public static string Wanted(FieldRule rule) => rule.Kind switch
    {
        FieldKind.Integer => "a whole number",
        FieldKind.Number => "a number",
        FieldKind.Boolean => "true or false",
        FieldKind.Object => "a map",
        FieldKind.List => "a list",
        FieldKind.OneOf => string.Join(" or ", rule.Alternatives.Select(Wanted).Distinct()),
        _ => rule.Choices.Count > 0 ? $"one of {string.Join(", ", rule.Choices.Select(choice => choice.ToString()))}" : "a text",
    };

    // A text is only taken as a text if no stricter alternative takes it.
    static JsonNode? Fitting(object value, FieldRule rule)
    {
        var alternatives = rule.Alternatives.OrderBy(one => one.Kind == FieldKind.Text && one.Choices.Count == 0 ? 1 : 0);
        foreach (var alternative in alternatives.Where(one => one.Kind != FieldKind.Text || one.Choices.Count == 0 || IsChoice(value, one)))
        {
            if (Of(value, alternative) is { } fits)
            {
                return fits;
            }
        }

        return rule.Alternatives.Select(alternative => Of(value, alternative)).FirstOrDefault(fits => fits is not null);
    }

    static bool IsChoice(object value, FieldRule rule) =>
        AsText(value) is { } text && rule.Choices.Any(choice => choice.ToString() == text);

    static JsonNode? Kept(object value) => value switch
    {
        string or Cell => JsonValue.Create(AsText(value)),
        bool truth => JsonValue.Create(truth),
        TemplateMap map => Object(map, null),
        IReadOnlyList<object?> list => List(list, null),
        _ => Number(value),
    };

    static JsonValue? Integer(object value) =>
        Exact(value) is { } number && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
            ? JsonValue.Create((long)number)
            : null;

    static JsonValue? Number(object value) =>
        Exact(value) is { } number
            ? decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
                ? JsonValue.Create((long)number)
                : JsonValue.Create(number)
            : null;

    static decimal? Exact(object value) => value switch
    {
        long number => number,
        int number => number,
        decimal number => number,
        double number => double.IsFinite(number) && Math.Abs(number) < 1e28 ? (decimal)number : null,
        float number => float.IsFinite(number) && Math.Abs(number) < 1e28f ? (decimal)number : null,
        BigInteger number => BigInteger.Abs(number) < (BigInteger)decimal.MaxValue ? (decimal)number : null,
        _ => AsText(value) is { } text
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : null,
    };

    static JsonValue? Truth(object value) => value switch
    {
        bool truth => JsonValue.Create(truth),
        _ => bool.TryParse(AsText(value), out var truth) ? JsonValue.Create(truth) : null,
    };

    static JsonValue? Text(object value) => value switch
    {
        string or Cell => JsonValue.Create(AsText(value)),
        long or int or BigInteger or decimal or double =>
            JsonValue.Create(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        _ => null,
    };

    static string? AsText(object value) => value as string ?? (value as Cell)?.Text;

    static JsonObject? Object(TemplateMap map, FieldRule? rule)
    {
        var made = new JsonObject();
        foreach (var key in map.Keys)
        {
            if (map[key] is not { } member)
            {
                continue;
            }

            if (Of(member, rule?.Field(key)) is not { } fits)
            {
                return null;
            }

            made[key] = fits;
        }

        return made;
    }

    static JsonArray? List(IReadOnlyList<object?> list, FieldRule? item)
    {
        var made = new JsonArray();
        foreach (var one in list.OfType<object>())
        {
            if (Of(one, item) is not { } fits)
            {
                return null;
            }

            made.Add(fits);
        }

        return made;
    }
}
