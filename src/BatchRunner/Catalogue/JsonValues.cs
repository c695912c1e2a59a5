using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue;

/// <summary>Scalars of a JSON body, compared and printed by value, however the node holds them.</summary>
static class JsonValues
{
    const decimal Largest = 1e15m;

    /// <summary>The number, or null if it is none or so large that no field takes it and a price could not be told.</summary>
    public static decimal? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= Largest
            ? number
            : null;

    public static string? Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    /// <summary>Whether both are the same text, number or truth value; `5` and `5.0` are the same number.</summary>
    public static bool Same(JsonNode? a, JsonNode? b) =>
        (a?.GetValueKind(), b?.GetValueKind()) switch
        {
            (JsonValueKind.String, JsonValueKind.String) => Text(a) == Text(b),
            (JsonValueKind.Number, JsonValueKind.Number) => Number(a) is { } x && Number(b) is { } y && x == y,
            (JsonValueKind.True, JsonValueKind.True) or (JsonValueKind.False, JsonValueKind.False) => true,
            _ => false,
        };

    /// <summary>As a person would write it: a text without quotes, shortened when long.</summary>
    public static string Print(JsonNode? node) => Print(Text(node) ?? node?.ToJsonString() ?? "null");

    public static string Print(string text)
    {
        const int longest = 60;
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= longest)
        {
            return line;
        }

        var cut = char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest;
        return line[..cut] + "…";
    }

    public static string Print(decimal number) =>
        number.ToString("0.##########", CultureInfo.InvariantCulture);
}
