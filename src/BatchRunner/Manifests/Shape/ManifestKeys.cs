namespace BatchRunner.Manifests.Shape;

/// <summary>The keys of one level: those that are valid, and those kept for later with what to do today.</summary>
sealed record KeyTable(string Where, IReadOnlyList<string> Keys, IReadOnlyDictionary<string, string> Reserved);

/// <summary>Every key of the language, level by level. The reader reads no other, and the schema describes the same.</summary>
static class ManifestKeys
{
    // First, because the tables below are made in the order written.
    static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    const string Chain = "run a second manifest over the results.csv of this one";

    public static KeyTable Top { get; } = new(
        "",
        [
            "version", "name", "description", "extends", "templates", "variables", "constants", "matrix", "image", "request",
            "takes", "id", "output", "dedupe", "screening", "limits",
        ],
        new Dictionary<string, string>
        {
            ["steps"] = Chain,
            ["stitch"] = "join the clips with another program, in the order of results.csv",
            ["deliver"] = "copy the run's folder with another program",
            ["review"] = "use the command `review`, and `matrix.where` over its CSV file",
            ["store"] = "keep the folder `out` between runs",
            ["hooks"] = "call other programs after `batchrunner run`, by its exit code",
            ["labels"] = "write it into `description`, or under `constants`",
            ["profiles"] = "write a second manifest that extends this one",
            ["defaults"] = "put shared keys into a file and name it in `extends`",
            ["env"] = "write the values under `constants`",
            ["secrets"] = "set `RUNWAYML_API_SECRET` in the environment",
            ["include"] = "name the file in `extends`",
        });

    public static KeyTable Template { get; } = new("a template", ["text", "file", "request"], None);

    public static KeyTable Source { get; } = new(
        "a variable",
        ["file", "files", "id", "delimiter", "encoding", "skip_rows"],
        new Dictionary<string, string>
        {
            ["sheet"] = "save the sheet as a CSV file of its own",
            ["where"] = "write the condition in `matrix.where`",
        });

    public static KeyTable Matrix { get; } = new(
        "`matrix`",
        ["where", "exclude", "zip"],
        new Dictionary<string, string> { ["include"] = "add a row to a variable; a row may bring its own `request`" });

    public static KeyTable Screening { get; } = new("`screening`", ["deny", "warn"], None);

    /// <summary>An item of a list of words that stands for a file of them.</summary>
    public static KeyTable Words { get; } = new("a list of words", ["file"], None);

    public static KeyTable Limits { get; } = new("`limits`", [.. LimitRule.All.Select(rule => rule.Key)], None);

    /// <summary>Reserved keys that people write in the place of others, which are missing then.</summary>
    public static IReadOnlyList<string> StandIns { get; } = ["steps", "defaults", "include", "profiles", "env", "sheet", "where"];

    /// <summary>What a picture that comes from another step would be.</summary>
    public const string ImageStep = "step";

    public const string ImageStepToday = Chain;

    /// <summary>Runway's own words that belong one level further in.</summary>
    public static IReadOnlyList<string> InRequest { get; } =
        ["model", "endpoint", "promptText", "promptImage", "ratio", "duration", "seed", "videoUri", "audio", "resolution"];
}
