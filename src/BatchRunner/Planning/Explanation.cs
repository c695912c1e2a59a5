using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Planning;

/// <summary>A job as the manifest and the journal know it, and what a run would do next.</summary>
sealed record Explanation
{
    public required JobSpec Spec { get; init; }

    /// <summary>As the journal has it, or the job whose request it shares; null: nothing was ever recorded.</summary>
    public required JournaledJob? Known { get; init; }

    /// <summary>What a run would do with it and why; null: no row asks for it.</summary>
    public required PlannedJob? Planned { get; init; }

    /// <summary>Other requests that had its name.</summary>
    public required IReadOnlyList<JournaledJob> Namesakes { get; init; }

    /// <summary>Its life so far.</summary>
    public JobState State => Known?.State ?? JobState.New;

    /// <summary>The jobs a word means. Those of the manifest come before what only the journal knows.</summary>
    /// <param name="word">A name, or the beginning of a key.</param>
    /// <param name="journal">What happened.</param>
    /// <param name="plan">What the manifest asks for, or null: only the journal is asked.</param>
    public static IReadOnlyList<Explanation> Find(string word, JournalContents journal, Plan? plan)
    {
        var known = JobSearch.Find(journal, word);
        var jobs = plan?.Jobs ?? [];
        List<PlannedJob> planned = [.. jobs.Where(job => job.Spec.Id == word)];
        if (planned.Count == 0 && known.Count == 0)
        {
            planned = [.. jobs.Where(job => job.Spec.SharesWith is null && JobSearch.HasKey(job.Key.Hex, word))];
        }

        if (planned.Count > 0)
        {
            return [.. planned.Select(job => new Explanation
            {
                Spec = job.Spec,
                Known = journal.Find(job.Key),
                Planned = job,
                Namesakes = [.. known.Where(other => other.Key != job.Key && other.Spec.Id == job.Spec.Id)],
            })];
        }

        List<Explanation> found = [.. known.Select(job => Of(job, plan))];
        return known.Count > 1 && known.All(job => job.Spec.Id == word)
            ? [found[0] with { Namesakes = [.. known.Skip(1)] }]
            : found;
    }

    static Explanation Of(JournaledJob job, Plan? plan) => new()
    {
        Spec = job.Spec,
        Known = job,
        Planned = plan is null
            ? job.IsPlanned ? Planner.Foresee(job) : null
            : plan.Jobs.FirstOrDefault(planned => planned.Key == job.Key && planned.Spec.SharesWith is null),
        Namesakes = [],
    };
}
