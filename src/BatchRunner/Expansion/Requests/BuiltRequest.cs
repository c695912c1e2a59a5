using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Templates;

namespace BatchRunner.Expansion.Requests;

/// <summary>One job's request in the form that is hashed, and where each of its values came from.</summary>
sealed class BuiltRequest(string model, string endpoint, ModelVariant? variant)
{
    public string Model { get; } = model;

    public string Endpoint { get; } = endpoint;

    /// <summary>Its rules; null if the catalogue doesn't know the model.</summary>
    public ModelVariant? Variant { get; } = variant;

    public JsonObject Body { get; } = [];

    public List<JobInput> Inputs { get; } = [];

    /// <summary>Where values came from, by JSON pointer.</summary>
    public Dictionary<string, Origin> Origins { get; } = new(8, StringComparer.Ordinal);

    public Dictionary<string, MediaFacts> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields that were written and gave nothing, by JSON pointer.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>A field went wrong and is missing, which was told: nothing is to be made of it.</summary>
    public bool IsWrong { get; set; }

    /// <summary>The most it may cost, or null if that can't be known.</summary>
    public decimal? Credits { get; set; }

    /// <summary>Where the value at a pointer came from, or the nearest thing it is part of.</summary>
    public Origin? OriginOf(string pointer)
    {
        for (var path = pointer; ; path = path[..path.LastIndexOf('/')])
        {
            if (Origins.TryGetValue(path, out var origin))
            {
                return origin;
            }

            if (path.Length == 0)
            {
                return null;
            }
        }
    }
}

/// <summary>Where a value came from.</summary>
/// <param name="Place">In the manifest.</param>
/// <param name="Text">Its template, or null.</param>
/// <param name="Value">What the template gave, as it was.</param>
readonly record struct Origin(SourcePlace Place, TemplateText? Text, object? Value);
