using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;

namespace BatchRunner.Tests.Catalogue;

/// <summary>A row of a price table: what it costs, the endpoint, the model and what the request says.</summary>
/// <remarks>
/// `a=5` a value, `a=x` a text, `a*3` three images, `a#120` a text of so many characters, `a@video/mp4,7.3s,1920x1080,30fps,9b`
/// media of which that is known, `a@` media of which nothing is known. `?duration` says that it can't be known without that field.
/// </remarks>
sealed class PricedRequest
{
    readonly Dictionary<string, MediaFacts> media = [];

    public PricedRequest(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (Expected, Endpoint, Model) = (words[0], words[1], words[2]);
        Body["model"] = Model;
        foreach (var word in words[3..])
        {
            var at = word.IndexOfAny(['=', '*', '#', '@']);
            var value = word[(at + 1)..];
            Put(word[..at].Split('/'), word[at] switch
            {
                '=' => Value(value),
                '*' => new JsonArray([.. Enumerable.Range(0, int.Parse(value, CultureInfo.InvariantCulture)).Select(_ => Image())]),
                '#' => new string('x', int.Parse(value, CultureInfo.InvariantCulture)),
                _ => "https://example.com/media",
            });
            if (word[at] == '@' && value.Length > 0)
            {
                media["/" + word[..at]] = Facts(value);
            }
        }
    }

    public string Expected { get; }

    public string Endpoint { get; }

    public string Model { get; }

    public JsonObject Body { get; } = [];

    public MediaFacts? Media(string pointer) => media.GetValueOrDefault(pointer);

    void Put(string[] path, JsonNode? value)
    {
        JsonNode owner = Body;
        foreach (var name in path[..^1])
        {
            owner = owner is JsonArray list
                ? list[int.Parse(name, CultureInfo.InvariantCulture)] ?? throw new FormatException(name)
                : owner[name] ??= new JsonObject();
        }

        owner[path[^1]] = value;
    }

    static JsonObject Image() => new() { ["uri"] = "https://example.com/a.png" };

    static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Not JSON, so a text.
            return text;
        }
    }

    static MediaFacts Facts(string text)
    {
        var facts = new MediaFacts("video/mp4", 1, null, null, null);
        foreach (var fact in text.Split(','))
        {
            var size = fact.Split('x');
            facts = fact switch
            {
                "unknown" => facts with { ContentType = null },
                _ when fact.Contains('/', StringComparison.Ordinal) => facts with { ContentType = fact },
                _ when size.Length == 2 => facts with { Width = (int)Number(size[0]), Height = (int)Number(size[1]) },
                [.. var rate, 'f', 'p', 's'] => facts with { FrameRate = Number(rate) },
                [.. var bytes, 'b'] => facts with { Bytes = (long)Number(bytes) },
                _ => facts with { Seconds = Number(fact[..^1]) },
            };
        }

        return facts;
    }

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
