using System.Text.Json.Nodes;
using BatchRunner.Catalogue.Checking;
using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue;

/// <summary>A model on one endpoint: its body's rules and its price.</summary>
sealed record ModelVariant
{
    public required string Model { get; init; }

    public required string Endpoint { get; init; }

    /// <summary>The body: an object rule whose <see cref="FieldRule.Fields"/> are the top-level fields, `model` among them.</summary>
    public required FieldRule Body { get; init; }

    public required PriceRule? Price { get; init; }

    /// <summary>The kind of its outputs: `video`, `image` or `audio`.</summary>
    public required string OutputKind { get; init; }

    /// <summary>The extension unless the request asks for another format, such as `.mp4`.</summary>
    public required string DefaultExtension { get; init; }

    /// <summary>The extension by `outputFormat`.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = new Dictionary<string, string>();

    /// <summary>What several fields have to be to one another.</summary>
    public IReadOnlyList<CombinationRule> Rules { get; init; } = [];

    public Retirement? Retired { get; init; }

    /// <summary>`3p` or `infer` if it is less than official.</summary>
    public string? Mark { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Note { get; init; }

    /// <summary>The rule at a path of member names and list indexes, such as `referenceImages`, `0`, `uri`; null: not known.</summary>
    public FieldRule? Rule(IReadOnlyList<string> path) => Body.At(path);

    /// <summary>Everything wrong with a request, without rounding or changing anything.</summary>
    /// <param name="body">The request with `model`.</param>
    /// <param name="media">
    /// What is known of the media at a JSON pointer; null: nothing (a URL, an upload), then its text has to be of one of the
    /// forms the API takes. A data URI is looked into here.
    /// </param>
    public IReadOnlyList<RequestProblem> Check(JsonObject body, Func<string, MediaFacts?> media) =>
        RequestCheck.Run(this, body, DataUri.LookedInto(body, media));

    /// <summary>The most a request may cost.</summary>
    public CreditEstimate Estimate(JsonObject body, Func<string, MediaFacts?> media) =>
        Price is null
            ? new CreditEstimate(null, $"the catalogue has no price for `{Model}` on `{Endpoint}`", null)
            : Estimator.Estimate(Price, new RequestValues(Body, body, DataUri.LookedInto(body, media)));

    /// <summary>The extension of the outputs this request makes, such as `.mp4`.</summary>
    public string Extension(JsonObject body)
    {
        var format = body["outputFormat"] ?? Body.Field("outputFormat")?.Default;
        return JsonValues.Text(format) is { } name && Extensions.TryGetValue(name, out var extension)
            ? extension
            : DefaultExtension;
    }
}
