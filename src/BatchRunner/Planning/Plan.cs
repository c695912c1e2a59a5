using BatchRunner.Expansion;
using BatchRunner.Journaling;

namespace BatchRunner.Planning;

/// <summary>What a run would do, for every job, and why.</summary>
sealed record Plan
{
    public required ExpandedBatch Batch { get; init; }

    /// <summary>What the journal knew when it was made.</summary>
    public required JournalContents Journal { get; init; }

    /// <summary>Every job of the manifest, in plan order.</summary>
    public required IReadOnlyList<PlannedJob> Jobs { get; init; }

    /// <summary>Jobs that were paid for or may have been, and that no row asks for any more. Their files stay.</summary>
    public required IReadOnlyList<JournaledJob> Orphans { get; init; }

    /// <summary>Earlier requests of jobs that are still planned, but with another. Their files are in `superseded/`, or go there.</summary>
    public IReadOnlyList<JournaledJob> Replaced { get; init; } = [];

    /// <summary>Files that get another name first.</summary>
    public required IReadOnlyList<FileMove> Moves { get; init; }

    /// <summary>What a sample or a limit leaves out of a selection; null: nothing.</summary>
    public Narrowing? Narrowed { get; init; }

    /// <summary>Takes to be journaled before anything is paid for: the user wants one more.</summary>
    public IReadOnlyList<Retake> Retakes { get; init; } = [];

    /// <summary>Old clips that leave their places when what replaces them has been made, and not before.</summary>
    public required IReadOnlyList<FileMove> Leaving { get; init; }

    /// <summary>The most that what will be submitted may cost; jobs without a price count nothing.</summary>
    public decimal Credits => Jobs.Where(job => job.WillSubmit).Sum(job => job.EstimatedCredits ?? 0);

    /// <summary>Jobs to submit that the catalogue has no price for.</summary>
    public int UnpricedCount => Jobs.Count(job => job is { WillSubmit: true, EstimatedCredits: null });

    public int SubmitCount => Jobs.Count(job => job.WillSubmit);

    /// <summary>There is something a run would do.</summary>
    public bool HasWork => Moves.Count > 0 || Jobs.Any(job => job.WillSubmit || job.Action == PlanAction.PickedUp);

    public int Count(PlanAction action) => Jobs.Count(job => job.Action == action);

    /// <summary>The same plan for the jobs of a selection only; the others are left as they are.</summary>
    public Plan Select(Func<PlannedJob, bool> isSelected)
    {
        var selected = Jobs.Where(job => job.IsSelected && isSelected(job)).Select(job => job.Spec).ToList();
        var ids = selected.Select(spec => spec.Id).ToHashSet(StringComparer.Ordinal);

        // A job that gets another's file needs that one to be made, so it counts and is shown with its price.
        ids.UnionWith(selected.Select(spec => spec.SharesWith).OfType<string>());
        return this with { Jobs = [.. Jobs.Select(job => job with { IsSelected = ids.Contains(job.Spec.Id) })] };
    }

    /// <summary>
    /// The same plan with another attempt for the selected jobs that failed, were cancelled or were stopped by a moderation
    /// endpoint: the user asked.
    /// </summary>
    public Plan Retry() => Retry(_ => true);

    /// <summary>The same for some of them only.</summary>
    public Plan Retry(Func<PlannedJob, bool> isMeant) => this with
    {
        Jobs = [.. Jobs.Select(job => job is { IsSelected: true, MayBeRepeated: true } && isMeant(job) ? job.Repeated() : job)],
    };

    /// <summary>The same plan without a create for the jobs that a moderation endpoint stops.</summary>
    /// <param name="rule">Why a job is stopped, or null.</param>
    public Plan Stop(Func<PlannedJob, string?> rule) => this with
    {
        Jobs = [.. Jobs.Select(job => rule(job) is { } why ? job.Stopped(why, isModerated: true) : job)],
    };
}

/// <summary>A number that somebody set to the jobs of a selection, and what it leaves out.</summary>
/// <param name="By">As it was typed.</param>
/// <param name="Jobs">How many more would be submitted without it.</param>
sealed record Narrowing(string By, int Jobs);

/// <summary>A file that gets another name.</summary>
/// <param name="Job">The number of the journaled job whose file it is.</param>
/// <param name="Key">That job's key.</param>
/// <param name="From">Where it is, below the run's folder.</param>
/// <param name="To">Where it goes.</param>
/// <param name="IsSuperseded">Its place is taken by a job with a new key.</param>
sealed record FileMove(int Job, JobKey Key, string From, string To, bool IsSuperseded);
