using BatchRunner.Expansion;
using BatchRunner.Journaling;

namespace BatchRunner.Planning;

/// <summary>One more take that the user asked for.</summary>
/// <param name="Key">Of a take that is done.</param>
/// <param name="Take">The highest take its combination shall have.</param>
sealed record Retake(JobKey Key, int Take);

/// <summary>
/// Makes retakes of a selection: of every combination of which a selected job is done, its next take. That is the first one
/// behind it that has no end yet, for a retake that was cut short is not asked for twice; if all have ended, one more.
/// </summary>
sealed class Retakes
{
    readonly HashSet<(string Combination, int Take)> meant = [];
    readonly HashSet<(string Combination, int Take)> added = [];

    Retakes()
    {
    }

    /// <summary>No selected job is done.</summary>
    public bool IsEmpty => meant.Count == 0;

    /// <summary>Those that neither the manifest nor the journal has yet.</summary>
    public List<Retake> Asked { get; } = [];

    /// <summary>By key, the highest take that was asked for so far.</summary>
    public static IReadOnlyDictionary<JobKey, int> In(JournalContents journal) =>
        journal.Jobs.Where(job => job.Takes > 0 && job.Shares is null).ToDictionary(job => job.Key, job => job.Takes);

    /// <summary>Those of some jobs of a plan of which one more take can be had, the first of each combination.</summary>
    public static IReadOnlyList<PlannedJob> Possible(Plan plan, IEnumerable<PlannedJob> jobs)
    {
        var kept = plan.Jobs.Where(job => job.Action == PlanAction.Kept).Select(job => job.Spec.Key).ToHashSet();
        return [.. jobs.Where(job => kept.Contains(job.Spec.Key)).DistinctBy(job => Combination(job.Spec))];
    }

    /// <summary>The next takes of the selected jobs of a plan.</summary>
    public static Retakes Of(Plan plan)
    {
        var retakes = new Retakes();
        var owners = plan.Jobs.Where(job => job.Spec.SharesWith is null).ToDictionary(job => job.Key);
        foreach (var combination in plan.Jobs.GroupBy(job => Combination(job.Spec)))
        {
            var takes = combination.OrderBy(job => job.Spec.Take).ToList();
            if (takes.Find(job => job.IsSelected && owners[job.Key].Action == PlanAction.Kept) is not { } done)
            {
                continue;
            }

            var open = takes.Find(job => job.Spec.Take > done.Spec.Take && !HasEnded(owners[job.Key].Action));
            var next = (combination.Key, open?.Spec.Take ?? takes[^1].Spec.Take + 1);
            retakes.meant.Add(next);
            if (open is null)
            {
                retakes.added.Add(next);
                retakes.Asked.Add(new Retake(done.Key, next.Item2));
            }
        }

        return retakes;
    }

    /// <summary>These beside those the journal has, to expand the manifest by.</summary>
    public IReadOnlyDictionary<JobKey, int> Beside(JournalContents journal)
    {
        var all = In(journal).ToDictionary();
        foreach (var (key, take) in Asked)
        {
            all[key] = Math.Max(take, all.GetValueOrDefault(key));
        }

        return all;
    }

    /// <summary>A plan of the manifest expanded by them, for these takes only.</summary>
    public Plan Among(Plan expanded) => (expanded with
    {
        Retakes = Asked,
        Jobs =
        [
            .. expanded.Jobs.Select(job => job.Action == PlanAction.New && added.Contains(Take(job))
                ? job with { Why = "one more take was asked for" }
                : job),
        ],
    }).Select(job => meant.Contains(Take(job)));

    static bool HasEnded(PlanAction action) => action is PlanAction.Kept or PlanAction.Failed or PlanAction.Cancelled;

    static (string Combination, int Take) Take(PlannedJob job) => (Combination(job.Spec), job.Spec.Take);

    /// <summary>What all takes of one combination have in common: a label names one row of its axis, and an arm's name one arm.</summary>
    internal static string Combination(JobSpec spec) => string.Join('\n', spec.Rows.Select(row => row.Label).Prepend(spec.Template));
}
