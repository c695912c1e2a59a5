using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Kinds of values, in words.</summary>
static class Kinds
{
    public static bool Fits(FieldRule rule, JsonNode? value) => (rule.Kind, value?.GetValueKind()) switch
    {
        (FieldKind.OneOf, _) => rule.Alternatives.Any(alternative => Fits(alternative, value)),
        (FieldKind.Object, JsonValueKind.Object) or (FieldKind.List, JsonValueKind.Array) => true,
        (FieldKind.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (FieldKind.Integer or FieldKind.Number, JsonValueKind.Number) => true,
        (FieldKind.Media or FieldKind.Text, JsonValueKind.String) => true,
        _ => false,
    };

    public static string Found(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text `{JsonValues.Print(value)}`",
        JsonValueKind.Number => $"the number {JsonValues.Print(value)}",
        null or JsonValueKind.Null => "null",
        _ => $"`{JsonValues.Print(value)}`",
    };

    public static string Expected(FieldRule rule) => rule.Kind switch
    {
        FieldKind.Integer or FieldKind.Number when rule.Choices.Count > 0 =>
            Wording.Or([.. rule.Choices.Select(JsonValues.Print)]),
        FieldKind.Integer => $"a whole number{Ends(rule)}",
        FieldKind.Number => $"a number{Ends(rule)}",
        FieldKind.Boolean => "true or false",
        FieldKind.Media => $"{Wording.Article(rule.Media ?? "file")}",
        FieldKind.Object => rule.Fields.Where(field => field.IsRequired).Select(field => $"`{field.Name}`").ToList() is { Count: > 0 } members
            ? $"an object with {string.Join(" and ", members)}"
            : "an object",
        FieldKind.List => "a list",
        FieldKind.OneOf => string.Join(" or ", rule.Alternatives.Select(Expected).Distinct()),
        _ => rule.Choices.Count > 0 ? Wording.Or([.. rule.Choices.Select(JsonValues.Print)]) : "a text",
    };

    public static bool IsScalar(FieldRule rule) =>
        rule.Kind is FieldKind.Text or FieldKind.Integer or FieldKind.Number or FieldKind.Boolean;

    /// <summary>For a number or truth value written as a text.</summary>
    public static string? Hint(JsonNode? value, FieldRule rule)
    {
        if (value is null)
        {
            return rule.IsRequired ? null : "leave the field out";
        }

        var text = JsonValues.Text(value);
        var kinds = rule.Kind == FieldKind.OneOf ? [.. rule.Alternatives.Select(a => a.Kind)] : new[] { rule.Kind };
        var isNumber = kinds.Any(kind => kind is FieldKind.Integer or FieldKind.Number)
            && decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
        var isTruth = kinds.Contains(FieldKind.Boolean) && text is "true" or "false";
        var isText = text is null && value is JsonValue && kinds.All(kind => kind == FieldKind.Text);
        return isNumber || isTruth ? "write it without quotes" : isText ? "write it in quotes" : null;
    }

    static string Ends(FieldRule rule) =>
        rule.Minimum is null && rule.Maximum is null ? "" : (rule.Minimum, rule.Maximum) is (not null, not null)
            ? $" from {Wording.Range(rule.Minimum, rule.Maximum)}"
            : $", {Wording.Range(rule.Minimum, rule.Maximum)}";
}
