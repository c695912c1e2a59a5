using BatchRunner.Runway;

namespace BatchRunner.Jobs;

/// <summary>
/// How each way of failing is treated: Runway's codes by prefix, the more exact first, and our own by name. The set of
/// codes is open; what is not known is never repeated.
/// </summary>
static class FailureClasses
{
    public static FailureClass SafetyInput { get; } = new(
        "safety-input", false,
        "Runway's moderation refused the prompt or the image, which it charges as a rule",
        "change the prompt or the image; repeated refusals can suspend the account",
        NeedsChange: true);

    public static FailureClass SafetyOutput { get; } = new(
        "safety-output", false,
        "Runway's moderation refused what was generated",
        "change the prompt or the image",
        NeedsChange: true);

    public static FailureClass SafetyPreprocessing { get; } = new(
        "safety-preprocessing", false,
        "Runway's moderation refused the prompt before generating",
        "change the prompt",
        NeedsChange: true);

    public static FailureClass Preprocessing { get; } = new(
        "preprocessing", true,
        "Runway could not prepare the inputs",
        "run again with `--only failed`");

    public static FailureClass BadOutput { get; } = new(
        "bad-output", false,
        "Runway generated something unusable; the same request is unlikely to do better",
        "change the prompt or the image: logos, watermarks and asking for text cause this",
        NeedsChange: true);

    public static FailureClass Asset { get; } = new(
        "asset", false,
        "an input has dimensions, a length or a format that this model does not take",
        "change the file named in the manifest",
        NeedsChange: true);

    public static FailureClass ThirdParty { get; } = new(
        "third-party", true,
        "the model's own provider was not available",
        "run again later with `--only failed`");

    public static FailureClass Internal { get; } = new(
        "internal", true,
        "something broke at Runway",
        "run again with `--only failed`");

    /// <summary>A code nobody has told us about.</summary>
    public static FailureClass Other { get; } = new(
        "other", false,
        "the task failed with a code this version does not know",
        "read the code in Runway's documentation, then run with `--only failed`");

    public static FailureClass BadRequest { get; } = new(
        "bad-request", false,
        "Runway refused the request; nothing was charged",
        "correct what the message names",
        NeedsChange: true);

    public static FailureClass InputChanged { get; } = new(
        "input-changed", false,
        "a local file changed after it was planned; nothing was sent",
        "run again: the job is planned anew with the file as it is now");

    public static FailureClass InputNotDelivered { get; } = new(
        "upload-failed", false,
        "an input could not be uploaded; nothing was charged",
        "run again with `--only failed`");

    public static FailureClass OutputOccupied { get; } = new(
        "output-occupied", false,
        "a file that is not ours has the output's name; nothing was sent",
        "move that file away, then run with `--only failed`");

    public static FailureClass TaskLost { get; } = new(
        "task-lost", false,
        "the task or its outputs are gone from Runway for good; its cost is kept",
        "run with `--only failed` to pay for it again");

    public static FailureClass EmptyOutput { get; } = new(
        "empty-output", false,
        "the task succeeded without an output",
        "ask Runway about the task, or run with `--only failed` to pay for it again");

    static readonly (string Prefix, FailureClass Class)[] ByPrefix =
    [
        ("SAFETY.INPUT", SafetyInput),
        ("SAFETY.OUTPUT", SafetyOutput),
        ("SAFETY", SafetyInput),
        ("INPUT_PREPROCESSING.SAFETY", SafetyPreprocessing),
        ("INPUT_PREPROCESSING", Preprocessing),
        ("INTERNAL.BAD_OUTPUT", BadOutput),
        ("INTERNAL", Internal),
        ("ASSET", Asset),
        ("THIRD_PARTY", ThirdParty),
    ];

    /// <summary>Every class, for documents and for looking one up by name.</summary>
    public static IReadOnlyList<FailureClass> All { get; } =
    [
        SafetyInput, SafetyOutput, SafetyPreprocessing, Preprocessing, BadOutput, Asset, ThirdParty, Internal, Other,
        BadRequest, InputChanged, InputNotDelivered, OutputOccupied, TaskLost, EmptyOutput,
    ];

    /// <summary>The class of Runway's code; a missing code counts as `INTERNAL`, as Runway's documents say.</summary>
    public static FailureClass Of(string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return Internal;
        }

        foreach (var (prefix, found) in ByPrefix)
        {
            if (code.StartsWith(prefix, StringComparison.Ordinal)
                && (code.Length == prefix.Length || code[prefix.Length] == '.'))
            {
                return found;
            }
        }

        return Other;
    }

    /// <summary>The class of that name, as the journal keeps it, or null.</summary>
    public static FailureClass? Named(string name) => All.FirstOrDefault(found => found.Name == name);
}
