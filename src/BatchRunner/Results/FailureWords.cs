using System.Globalization;
using BatchRunner.Jobs;

namespace BatchRunner.Results;

/// <summary>A failure that explains itself: what was said, what it means, and whether it was charged.</summary>
static class FailureWords
{
    /// <summary>Of a job that failed.</summary>
    public static string Of(JobState state)
    {
        var meaning = FailureClasses.Named(state.Failure?.Class ?? "")?.Meaning ?? "a class of failure this version does not know";
        return string.Join("; ", new[] { state.Failure?.Message.TrimEnd('.'), meaning, Charge(state, meaning) }
            .Where(part => !string.IsNullOrEmpty(part)));
    }

    // Of all its attempts: what an earlier one cost is gone just the same. Where nothing was made, the meaning says so.
    static string? Charge(JobState state, string meaning) => state switch
    {
        { Attempts.Length: 0 } => null,
        { Reserved: 0, Spent: 0 } when meaning.Contains("nothing was charged", StringComparison.Ordinal) => null,
        { Reserved: > 0, Spent: > 0 } => $"{Credits(state.Spent)} charged, and {Credits(state.Reserved)} stay reserved, for nobody said what the rest cost",
        { Reserved: > 0 } => $"nobody said whether it was charged, so {Credits(state.Reserved)} stay reserved",
        { Spent: > 0 } => $"{Credits(state.Spent)} charged",
        _ => "not charged",
    };

    static string Credits(decimal credits) =>
        string.Create(CultureInfo.InvariantCulture, $"{credits:0.##} {(credits == 1 ? "credit" : "credits")}");
}
