using BatchRunner.Jobs;

namespace BatchRunner.Results.Reviewing;

/// <summary>What a person said of a take: of the clip that one task made.</summary>
/// <param name="Key">The job's key.</param>
/// <param name="Task">The task whose clip was looked at; empty: whichever the job has.</param>
/// <param name="Job">The job's name, for people.</param>
/// <param name="Decision">`approved`, `rejected`, or empty.</param>
/// <param name="Note">In their words.</param>
/// <param name="By">Who.</param>
sealed record Verdict(string Key, string Task, string Job, string Decision, string Note, string By)
{
    /// <summary>It says nothing: whoever said something took it back.</summary>
    public bool IsEmpty => Decision.Length == 0 && Note.Length == 0;
}

/// <summary>What a verdict can decide.</summary>
static class Decisions
{
    public const string Approved = "approved";

    public const string Rejected = "rejected";

    /// <summary>Whether a word is a decision; none is one too.</summary>
    public static bool Has(string word) => word is "" or Approved or Rejected;
}

/// <summary>All verdicts of a review file.</summary>
sealed class Review
{
    readonly Dictionary<(string Key, string Task), Verdict> verdicts = [];

    /// <summary>The later of two verdicts of one take holds.</summary>
    public Review(IEnumerable<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            this.verdicts[(verdict.Key, verdict.Task)] = verdict;
        }
    }

    /// <summary>Nobody has said anything.</summary>
    public static Review Empty { get; } = new([]);

    /// <summary>Nobody has said anything.</summary>
    public bool IsEmpty => verdicts.Count == 0;

    /// <summary>What was said of a job's clip; null for another take, a clip that was made again, or one that is not there.</summary>
    public Verdict? Of(string key, JobState state) => state.Status != JobStatus.Done ? null
        : verdicts.GetValueOrDefault((key, state.Task?.Value ?? "")) ?? verdicts.GetValueOrDefault((key, ""));
}
