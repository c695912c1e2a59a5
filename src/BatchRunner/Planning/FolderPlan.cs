using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Manifests;

namespace BatchRunner.Planning;

/// <summary>
/// What a run of a folder would do, by its journal alone: tasks are asked for and outputs brought home, also those that no
/// row asked for in the end. Nothing is submitted, for only a manifest says what is wanted.
/// </summary>
static class FolderPlan
{
    const string Why = "only a run of its manifest submits";

    /// <param name="journal">What the folder knows.</param>
    /// <param name="folder">The folder.</param>
    public static Plan Of(JournalContents journal, RunFolder folder)
    {
        var alive = journal.Jobs.Where(job =>
            !job.IsPlanned && job.Shares is null && (job.State.HoldsSlot || job.State.Phase == JobPhase.Succeeded));
        List<PlannedJob> jobs =
        [
            .. journal.Planned.Select(job => Foresee(job with { State = journal.Owner(job).State })),
            .. alive.Select(job => Foresee(job) with { IsOrphaned = true }),
        ];
        return new Plan
        {
            Batch = new ExpandedBatch
            {
                Manifest = Nothing(journal.Header?.Name ?? "", folder),
                Jobs = [.. jobs.Where(job => !job.IsOrphaned).Select(job => job.Spec)],
                Axes = [],
                LeftOut = new LeftOut(0, 0, 0, 0),
            },
            Journal = journal,
            Jobs = jobs,
            Orphans = [],
            Moves = [],
            Leaving = [],
        };
    }

    static PlannedJob Foresee(JournaledJob known)
    {
        var foreseen = Planner.Foresee(known);
        return known.State.Phase == JobPhase.Screened
            ? foreseen with { Action = PlanAction.Screened, Why = known.State.Reason ?? "a screening rule stops it" }
            : foreseen.WillSubmit ? foreseen with { Action = PlanAction.Left, Why = Why }
            : foreseen;
    }

    static Manifest Nothing(string name, RunFolder folder)
    {
        var nowhere = new SourcePlace(new SourceFile(folder.Root, folder.Root), 1, 1);
        return new Manifest
        {
            File = nowhere.File,
            Folder = folder.Root,
            Root = folder.Root,
            Name = name,
            Arms = [],
            Variables = [],
            Constants = new MapNode(nowhere, []),
            Matrix = Matrix.All,
            Request = new MapNode(nowhere, []),
            Limits = new Limits(),
        };
    }
}
