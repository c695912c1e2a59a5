using BatchRunner.Diagnostics;

namespace BatchRunner.Results.Reviewing;

/// <summary>What can be wrong with a review file: one method per code.</summary>
static class ReviewProblems
{
    public static Diagnostic NoColumn(SourceFile file, string column) => new(
        "BR0990", Severity.Error, $"the review file has no column `{column}`", new SourcePlace(file, 1, 1),
        Hint: "its columns are key, job, decision, note, by and task; others are kept as they are");

    public static Diagnostic NoDecision(SourcePlace place, string word) => new(
        "BR0991", Severity.Error, $"`{word}` is no decision", place,
        Hint: Nearest.Hint(word, [Decisions.Approved, Decisions.Rejected]) ?? $"a decision is `{Decisions.Approved}`, `{Decisions.Rejected}` or blank");

    public static Diagnostic NoKey(SourcePlace place) => new(
        "BR0992", Severity.Error, "a verdict without a key", place, Hint: "results.csv has the key of each job");

    public static Diagnostic NotWritten(string path, string reason) => new(
        "BR0993", Severity.Error, $"`{path}` can't be written: {reason}");

    public static Diagnostic NotReadable(string path, string reason) => new(
        "BR0994", Severity.Error, $"`{path}` can't be read: {reason}");
}
