using System.Text.Json.Nodes;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue;

/// <summary>What each model takes and costs, as data: built in from models.json, or a newer file of the user's.</summary>
sealed class ModelCatalogue
{
    /// <summary>The catalogue this version came with.</summary>
    public static ModelCatalogue BuiltIn => throw new NotSupportedException();

    /// <summary>Reads a catalogue file; null and diagnostics (BR05xx, with line and column) if it is not one.</summary>
    public static ModelCatalogue? Load(SourceFile file, DiagnosticBag problems) => throw new NotSupportedException();

    /// <summary>The day its facts are from.</summary>
    public DateOnly Date => throw new NotSupportedException();

    /// <summary>Where its facts are from.</summary>
    public string Source => throw new NotSupportedException();

    public IReadOnlyList<Model> Models => throw new NotSupportedException();

    /// <summary>Every endpoint it knows, such as `image_to_video`.</summary>
    public IReadOnlyList<string> Endpoints => throw new NotSupportedException();

    public Model? Find(string name) => throw new NotSupportedException();
}

/// <summary>A model by the name the API knows it.</summary>
sealed record Model(string Name, IReadOnlyList<ModelVariant> Variants, Retirement? Retired)
{
    public ModelVariant? On(string endpoint) => Variants.FirstOrDefault(variant => variant.Endpoint == endpoint);
}

/// <summary>A model the API has dropped: a warning, and it still runs against any server that has it.</summary>
sealed record Retirement(DateOnly Date, string? UseInstead);

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

    /// <summary>The rule at a path of member names and list indexes, such as `referenceImages`, `0`, `uri`; null: not known.</summary>
    public FieldRule? Rule(IReadOnlyList<string> path) => throw new NotSupportedException();

    /// <summary>Everything wrong with a request, without rounding or changing anything.</summary>
    /// <param name="body">The request with `model`.</param>
    /// <param name="media">What is known of the media at a JSON pointer; null: nothing (a URL, an upload).</param>
    public IReadOnlyList<RequestProblem> Check(JsonObject body, Func<string, MediaFacts?> media) =>
        throw new NotSupportedException();

    /// <summary>The most a request may cost.</summary>
    public CreditEstimate Estimate(JsonObject body, Func<string, MediaFacts?> media) => throw new NotSupportedException();

    /// <summary>The extension of the outputs this request makes, such as `.mp4`.</summary>
    public string Extension(JsonObject body) => throw new NotSupportedException();
}

/// <summary>What a request costs at most.</summary>
/// <param name="Credits">Credits of 0.01 dollars, or null if it can't be known.</param>
/// <param name="Why">If null credits: what is missing, such as "`duration` has no known default".</param>
/// <param name="MissingField">The field that would settle it, or null.</param>
sealed record CreditEstimate(decimal? Credits, string? Why, string? MissingField);

/// <summary>One mistake in a request.</summary>
/// <param name="Pointer">JSON pointer of the value, or of the object that lacks a field.</param>
/// <param name="Code">BR05xx.</param>
/// <param name="Severity">An error stops everything; a warning is shown.</param>
/// <param name="Message">Found, then expected, with numbers.</param>
/// <param name="Hint">Such as the nearest ratio this model offers.</param>
sealed record RequestProblem(string Pointer, string Code, Severity Severity, string Message, string? Hint)
{
    /// <summary>The field that is missing, if that is the mistake: the place is then where it could be written.</summary>
    public string? MissingField { get; init; }
}

/// <summary>What the bytes of a media file say.</summary>
/// <param name="ContentType">By its bytes, such as `image/png`; null: none the API takes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Width">Pixels, or null.</param>
/// <param name="Height">Pixels, or null.</param>
/// <param name="Seconds">Length of a video or sound, or null.</param>
sealed record MediaFacts(string? ContentType, long Bytes, int? Width, int? Height, decimal? Seconds)
{
    /// <summary>Frames a second of a video, or null.</summary>
    public decimal? FrameRate { get; init; }
}
