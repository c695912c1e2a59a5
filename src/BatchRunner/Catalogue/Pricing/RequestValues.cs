using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Pricing;

/// <summary>A request as prices and rules look at it: values by path, with the catalogue's defaults where nothing is written.</summary>
sealed class RequestValues(FieldRule body, JsonObject request, Func<string, MediaFacts?> media)
{
    public FieldRule? Rule(string path) => body.At(path.Split('/'));

    /// <summary>Whether it is there at all; an empty list is not.</summary>
    public bool Written(string path) => Node(path) is not (null or JsonArray { Count: 0 });

    /// <summary>What is written, else the default, else null.</summary>
    public JsonNode? Value(string path) => Node(path) ?? Rule(path)?.Default;

    public decimal? Number(string path) => JsonValues.Number(Value(path));

    public MediaFacts? Facts(string path) => Written(path) ? media("/" + path) : null;

    /// <summary>Every media value at a field, alone or in a list, with its JSON pointer.</summary>
    public IEnumerable<MediaValue> Media(string path)
    {
        var rule = Rule(path);
        switch (Node(path))
        {
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    var nested = list[i] is JsonObject;
                    var uri = rule?.AnyItem?.Field("uri") ?? rule?.AnyItem;
                    var placed = list[i] is JsonObject item && item.ContainsKey("position");
                    yield return Found($"/{path}/{i}{(nested ? "/uri" : "")}", uri, placed);
                }

                break;
            case JsonObject:
                yield return Found($"/{path}/uri", rule?.Field("uri"), false);
                break;
            case { }:
                yield return Found("/" + path, rule?.AsMedia, false);
                break;
            default:
                break;
        }
    }

    MediaValue Found(string pointer, FieldRule? rule, bool placed) => new(pointer, rule?.AsMedia?.Limits, media(pointer), placed);

    JsonNode? Node(string path)
    {
        JsonNode? node = request;
        foreach (var name in path.Split('/'))
        {
            node = node switch
            {
                JsonObject inside => inside[name],
                JsonArray list when int.TryParse(name, out var i) && i >= 0 && i < list.Count => list[i],
                _ => null,
            };
        }

        return node;
    }
}

/// <summary>An image, video or sound in a request.</summary>
/// <param name="Pointer">Where it stands.</param>
/// <param name="Limits">What it may be, or null.</param>
/// <param name="Facts">What it is, or null if that isn't known.</param>
/// <param name="IsPlaced">Whether it has a `position`, so that it is a frame and not a reference.</param>
sealed record MediaValue(string Pointer, MediaLimits? Limits, MediaFacts? Facts, bool IsPlaced);
