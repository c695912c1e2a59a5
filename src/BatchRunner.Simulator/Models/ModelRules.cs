using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Catalogue.Checking;
using BatchRunner.Diagnostics;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;

namespace BatchRunner.Simulator.Models;

/// <summary>What the models take, cost and make, by the engine's catalogue.</summary>
sealed class ModelRules(ModelCatalogue catalogue)
{
    // What the account is charged if the catalogue has no price: something, so that it shows in the ledger.
    const decimal UnknownPrice = 25;

    // A URL is never fetched: it stands for a sound file of this form, where the price or the output depends on it.
    static readonly MediaFacts Unseen = new(null, 1_000_000, 1280, 720, 5) { FrameRate = 24 };

    static readonly HashSet<string> Generations =
    [
        "image_to_video", "text_to_video", "video_to_video", "character_performance", "text_to_image", "image_upscale",
        "video_upscale", "video_to_hdr", "text_to_speech", "sound_effect", "speech_to_speech", "voice_dubbing",
        "voice_isolation",
    ];

    /// <summary>The kind of output of every model.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get; } =
        catalogue.Models.ToDictionary(model => model.Name, model => model.Variants[0].OutputKind, StringComparer.Ordinal);

    public IReadOnlySet<string> Endpoints { get; } = new HashSet<string>([.. Generations, .. catalogue.Endpoints]);

    /// <summary>Everything wrong with a body; nothing if it may become a task.</summary>
    public IReadOnlyList<Issue> Check(string endpoint, JsonObject body, MediaSources media)
    {
        if (Variant(endpoint, body) is not { } variant)
        {
            return [new Issue("invalid_union", "model", "Invalid discriminator value: no such model on this endpoint")];
        }

        return
        [
            .. variant.Check(body, media.Facts)
                .Where(problem => problem.Severity == Severity.Error)
                .Select(problem => ModelIssues.Of(problem, variant, body)),
            .. media.Problems(),
        ];
    }

    /// <summary>A body without mistakes as a task: its price, and the files it makes.</summary>
    public TaskRequest Request(string endpoint, JsonObject body, string requestHash, MediaSources media)
    {
        if (Variant(endpoint, body) is not { } variant)
        {
            throw new ArgumentException("the body was not checked", nameof(body));
        }

        var output = OutputPlans.Of(variant, body, Seen(body, media));
        var estimate = Price(variant, body, media);

        // "auto" is charged as the longest, and what was not used comes back.
        var settled = body.DeepClone().AsObject();
        if (JsonValues.Text(body["duration"]) == "auto")
        {
            settled["duration"] = output.Seconds;
        }

        return new TaskRequest(endpoint, variant.Model, requestHash, estimate, output)
        {
            Cost = Math.Min(estimate, Price(variant, settled, media)),
        };
    }

    ModelVariant? Variant(string endpoint, JsonObject body) =>
        JsonValues.Text(body["model"]) is { } model ? catalogue.Find(model)?.On(endpoint) : null;

    // What stands inside the request is looked into: only a URL is not.
    static Func<string, MediaFacts> Seen(JsonObject body, MediaSources media)
    {
        var known = DataUri.LookedInto(body, media.Facts);
        return pointer => known(pointer) ?? Unseen;
    }

    static decimal Price(ModelVariant variant, JsonObject body, MediaSources media)
    {
        var estimate = variant.Estimate(body, Seen(body, media));
        if (estimate is { Credits: null, MissingField: "duration" })
        {
            var filled = body.DeepClone().AsObject();
            filled["duration"] = OutputPlans.UsualSeconds;
            estimate = variant.Estimate(filled, Seen(filled, media));
        }

        return estimate.Credits ?? UnknownPrice;
    }
}
