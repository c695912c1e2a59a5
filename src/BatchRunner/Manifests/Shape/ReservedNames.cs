namespace BatchRunner.Manifests.Shape;

/// <summary>Names that an axis or a constant can't have, because templates mean something else by them.</summary>
static class ReservedNames
{
    /// <summary>What jobs and later versions bring.</summary>
    static readonly HashSet<string> OfJobs = ["template", "take", "prompt", "id", "key", "step", "steps"];

    /// <summary>Words of the template language.</summary>
    static readonly HashSet<string> Words =
    [
        "if", "else", "end", "for", "in", "while", "break", "continue", "case", "when", "func", "ret", "capture", "readonly",
        "import", "with", "wrap", "include", "include_join", "tablerow", "this", "empty", "blank", "true", "false", "null", "do",
        "and", "or", "not",
    ];

    /// <summary>Its built-in objects.</summary>
    static readonly HashSet<string> BuiltIns =
        ["array", "date", "html", "math", "object", "regex", "string", "timespan"];

    public static IEnumerable<string> All => OfJobs.Concat(Words).Concat(BuiltIns);

    /// <summary>What a taken name means, or null if it is free.</summary>
    public static string? Meaning(string name) =>
        OfJobs.Contains(name) ? "a name every job brings"
        : Words.Contains(name) ? "a word of the template language"
        : BuiltIns.Contains(name) ? "built into the template language"
        : null;

    /// <summary>Whether templates can read it as a name: letters, digits and `_`, no digit first.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '_');
}
