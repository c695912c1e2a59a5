using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Media inside the request: `data:image/png;base64,…`.</summary>
static class DataUri
{
    const string Encoding = ";base64";

    /// <summary>Facts by JSON pointer, where data URIs of the body are looked into when nothing else is known of them.</summary>
    public static Func<string, MediaFacts?> LookedInto(JsonObject body, Func<string, MediaFacts?> media) =>
        pointer => media(pointer) ?? (At(body, pointer) is { } text ? Facts(text) : null);

    /// <summary>What the form of a data URI lacks.</summary>
    public static IEnumerable<RequestProblem> Check(string pointer, string text, string kind, MediaLimits limits)
    {
        if (text.Length > limits.MaxDataUri)
        {
            return
            [
                CatalogueProblems.BadDataUri(
                    pointer, $"has {text.Length} characters, but {limits.MaxDataUri} is the most", "use a file, which is uploaded"),
            ];
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var head = comma < 0 ? text : text[..comma];
        if (comma < 0 || !head.EndsWith(Encoding, StringComparison.OrdinalIgnoreCase))
        {
            return [CatalogueProblems.BadDataUri(pointer, "is not of the form `data:TYPE;base64,…`", null)];
        }

        var type = Type(head);
        return type.StartsWith(kind + "/", StringComparison.OrdinalIgnoreCase) && IsTaken(type, limits)
            ? []
            : [CatalogueProblems.BadDataUri(pointer, $"is of type `{JsonValues.Print(type)}`, but taken are {Wording.Or(limits.Types)}", null)];
    }

    /// <summary>What its bytes say, or null if it isn't base64.</summary>
    public static MediaFacts? Facts(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text.AsSpan(0, comma).EndsWith(Encoding, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = text.AsSpan(comma + 1);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length) + 3];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written))
        {
            return null;
        }

        using var stream = new MemoryStream(bytes, 0, written, writable: false);
        return MediaProbe.Read(stream);
    }

    // `audio/x-wav` and the like are other names of types that are taken under one name.
    static bool IsTaken(string type, MediaLimits limits) =>
        limits.Types.Count == 0 || limits.Types.Contains(type) || MediaProbe.Plain(type) is { } plain && limits.Types.Contains(plain);

    static string Type(string head)
    {
        var type = head["data:".Length..^Encoding.Length];
        var parameter = type.IndexOf(';', StringComparison.Ordinal);
        return (parameter < 0 ? type : type[..parameter]).ToLowerInvariant();
    }

    static string? At(JsonObject body, string pointer)
    {
        JsonNode? node = body;
        foreach (var step in pointer.Split('/').Skip(1))
        {
            node = node switch
            {
                JsonObject o => o[step],
                JsonArray list when int.TryParse(step, out var i) && i >= 0 && i < list.Count => list[i],
                _ => null,
            };
        }

        return JsonValues.Text(node) is { } text && text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? text : null;
    }
}
