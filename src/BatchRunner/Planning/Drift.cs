using BatchRunner.Expansion;

namespace BatchRunner.Planning;

/// <summary>How far a manifest is from the last plan that its journal knows: what a run of it would plan otherwise.</summary>
/// <param name="Changed">Jobs of a known name with another request.</param>
/// <param name="New">Further jobs.</param>
/// <param name="Gone">Jobs that no row asks for any more.</param>
/// <param name="Renamed">Files that get another name.</param>
sealed record Drift(int Changed, int New, int Gone, int Renamed)
{
    /// <summary>A run would plan what the last one planned.</summary>
    public bool IsNone => Changed + New + Gone + Renamed == 0;

    /// <summary>That of a plan of the manifest as it is now.</summary>
    public static Drift Of(Plan plan)
    {
        var (before, now) = (Known(plan.Journal.Planned.Select(job => job.Spec)), Known(plan.Jobs.Select(job => job.Spec)));
        var fresh = now.Where(job => !before.ContainsKey(job.Key)).ToList();
        var ids = before.Values.ToHashSet(StringComparer.Ordinal);
        var changed = fresh.Where(job => ids.Contains(job.Value)).Select(job => job.Value).ToHashSet(StringComparer.Ordinal);
        return new Drift(
            changed.Count,
            fresh.Count - changed.Count,
            before.Count(job => !now.ContainsKey(job.Key) && !changed.Contains(job.Value)),
            plan.Moves.Count);
    }

    // A request that several jobs share counts by the first of them.
    static Dictionary<JobKey, string> Known(IEnumerable<JobSpec> jobs) =>
        jobs.DistinctBy(job => job.Key).ToDictionary(job => job.Key, job => job.Id);
}
