using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Media;

namespace BatchRunner.Simulator.Api;

/// <summary>What the models take, cost and make.</summary>
sealed class ModelRules
{
    /// <summary>The kind of output of every model.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["gen4_turbo"] = "video",
        ["gen4.5"] = "video",
    };

    public IReadOnlySet<string> Endpoints { get; } = new HashSet<string>
    {
        "image_to_video", "text_to_video", "video_to_video", "character_performance", "text_to_image", "image_upscale",
        "video_upscale", "video_to_hdr", "text_to_speech", "sound_effect", "speech_to_speech", "voice_dubbing",
        "voice_isolation",
    };

    /// <summary>Everything wrong with a body; nothing if it may become a task.</summary>
    public IReadOnlyList<Issue> Check(string endpoint, JsonObject body, Func<string, MediaFacts?> media) =>
        Text(body, "model") is { } model && Kinds.ContainsKey(model)
            ? []
            : [new Issue("invalid_union", "model", $"Invalid discriminator value for {endpoint}")];

    /// <summary>The most a request may cost.</summary>
    public decimal Estimate(string endpoint, JsonObject body, Func<string, MediaFacts?> media) =>
        !Endpoints.Contains(endpoint) ? 0 : Seconds(body) * (Text(body, "model") == "gen4.5" ? 12 : 5);

    /// <summary>The files a request makes.</summary>
    public OutputPlan Plan(string endpoint, JsonObject body, Func<string, MediaFacts?> media) =>
        new(Kinds.GetValueOrDefault(Text(body, "model") ?? "", "video"), ".mp4", 1280, 720, Seconds(body), 1, Text(body, "promptText") ?? "");

    static decimal Seconds(JsonObject body) =>
        body["duration"] is JsonValue value && value.TryGetValue<decimal>(out var seconds) ? seconds : 5;

    static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
