using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Planning;

namespace BatchRunner.Results.Reviewing;

/// <summary>
/// What counts of a review when jobs are chosen by it. An approved take is approved whatever other takes there are; a
/// rejected one is answered as soon as a later take of its combination is there, and nobody asks for it again.
/// </summary>
sealed class Judged
{
    readonly Review review;
    readonly Dictionary<string, int> latest = new(StringComparer.Ordinal);

    public Judged(Review review, IEnumerable<(JobSpec Spec, JobState State)> jobs)
    {
        this.review = review;
        foreach (var (spec, _) in jobs)
        {
            var combination = Retakes.Combination(spec);
            latest[combination] = Math.Max(spec.Take, latest.GetValueOrDefault(combination));
        }
    }

    /// <summary>`approved`, `rejected`, or null.</summary>
    public string? Of(JobSpec spec, JobState state) => review.Of(spec.Key.Hex, state)?.Decision switch
    {
        Decisions.Approved => Decisions.Approved,
        Decisions.Rejected when spec.Take == latest[Retakes.Combination(spec)] => Decisions.Rejected,
        _ => null,
    };
}
