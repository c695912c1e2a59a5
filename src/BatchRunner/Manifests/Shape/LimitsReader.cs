using System.Globalization;

namespace BatchRunner.Manifests.Shape;

/// <summary>Reads `limits` by the rules of <see cref="LimitRule"/>. No mistake here keeps rows from being made.</summary>
sealed class LimitsReader(ShapeProblems problems)
{
    static readonly (string Ending, decimal Milliseconds)[] Units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    public Limits Read(MapEntry? entry)
    {
        var limits = new Limits();
        if (entry is null || Fields.Open("limits", entry.Value, ManifestKeys.Limits, problems) is not { } fields)
        {
            return limits;
        }

        foreach (var rule in LimitRule.All)
        {
            if (fields.Scalar(rule.Key, Expected(rule)) is { } scalar && Value(rule, scalar) is { } value)
            {
                limits = rule.Set(limits, value, scalar.Place);
            }
        }

        return limits;
    }

    // Null: the word for the default, or a problem that is told.
    decimal? Value(LimitRule rule, ScalarNode scalar)
    {
        if (rule.Word is { } word && scalar.Text == word)
        {
            return null;
        }

        var value = (rule.Kind, scalar.Value) switch
        {
            (LimitKind.Duration, string text) => Duration(text),
            (LimitKind.Duration, _) => null,
            (_, long count) => (decimal?)count,
            (LimitKind.Credits, decimal credits) => credits,
            _ => null,
        };
        if (value is null)
        {
            problems.Add(rule.Kind == LimitKind.Duration
                ? ManifestProblems.NotADuration(
                    scalar.Place, rule.Key, Kinds.Of(scalar), scalar.Value is long ? $"write `{scalar.Text}s` for seconds" : null)
                : ManifestProblems.WrongType(
                    scalar.Place, rule.Key, Kinds.Of(scalar), Expected(rule), AsNumber(scalar.Text)));
        }
        else if (value < rule.Least || value > rule.Most)
        {
            problems.Add(ManifestProblems.OutOfRange(
                scalar.Place, rule.Key, scalar.Text, Shown(rule, rule.Least), Shown(rule, rule.Most)));
            return null;
        }

        return value;
    }

    static decimal? Duration(string text)
    {
        foreach (var (ending, milliseconds) in Units)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal)
                && text.Length <= 12
                && long.TryParse(
                    text.AsSpan(0, text.Length - ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return count * milliseconds;
            }
        }

        return null;
    }

    static string Expected(LimitRule rule)
    {
        var kind = rule.Kind switch
        {
            LimitKind.Duration => "a duration such as `5s`",
            LimitKind.Credits => "a number of credits",
            _ => "a whole number",
        };
        return rule.Word is { } word ? $"{kind}, or `{word}`" : kind;
    }

    // `1,000`, `1_000` and `"1000"` are meant as numbers.
    static string? AsNumber(string text)
    {
        var digits = string.Concat(text.Where(c => c is not (',' or '_' or ' ' or '\'')));
        return digits.Length is > 0 and < 10 && digits.All(char.IsAsciiDigit)
            ? $"write `{digits.TrimStart('0').PadLeft(1, '0')}` without quotes"
            : null;
    }

    static string Shown(LimitRule rule, decimal value) => rule.Kind != LimitKind.Duration
        ? value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ')
        : value >= 3_600_000 ? $"{value / 3_600_000:0}h"
        : $"{value:0}ms";
}
