using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>The jobs so far. No two may share an id, an output or, without `dedupe: share`, a request.</summary>
/// <param name="manifest">Whose jobs they are.</param>
/// <param name="tally">Takes what is wrong.</param>
/// <param name="count">How many there will be, about.</param>
/// <param name="combinationAt">A combination again, by its number.</param>
sealed class PlannedNames(Manifest manifest, Tally tally, int count, Func<int, Combination> combinationAt)
{
    // Names are compared on the shelf, not held: a batch may have a million.
    readonly HashIndex byId = new(count);
    readonly HashIndex byOutput = new(manifest.Output is null ? 0 : count);
    readonly HashIndex byKey = new(count);
    readonly List<int> combinations = new(count);

    /// <summary>All that were taken in, also those that share what they may not: then something was told.</summary>
    public JobShelf Jobs { get; } = new(count);

    /// <summary>Takes a job in, and tells what it shares with another.</summary>
    /// <param name="job">The job.</param>
    /// <param name="combination">The number of the combination it came from.</param>
    public void Add(JobSpec job, int combination)
    {
        var here = combinations.Count;
        combinations.Add(combination);
        if (!byKey.TryAdd(job.Key.GetHashCode(), here, other => Jobs.KeyAt(other) == job.Key, out var first))
        {
            var other = Jobs[first].Id;
            if (manifest.SharesDuplicates)
            {
                job = job with { SharesWith = other };
            }
            else
            {
                // What else they share follows from it.
                Jobs.Add(job);
                Tell(place => NamingProblems.SameRequest(job.Id, other, place), first, here, manifest.Request.Place);
                return;
            }
        }

        Jobs.Add(job);
        if (!IsNew(byId, job.Id, here, one => one.Id, out first))
        {
            Tell(place => NamingProblems.SameId(job.Id, place), first, here, manifest.Id?.Place);
        }
        else if (manifest.Output is not null && !IsNew(byOutput, job.Output, here, one => one.Output, out first))
        {
            // Without an `output` a job's file is called as the job is.
            var other = Jobs[first].Id;
            Tell(place => NamingProblems.SameOutput(job.Output, job.Id, other, place), first, here, manifest.Output.Place);
        }
    }

    bool IsNew(HashIndex index, string name, int here, Func<JobSpec, string> nameOf, out int first) =>
        index.TryAdd(Slug.Comparer.GetHashCode(name), here, other => Slug.Comparer.Equals(nameOf(Jobs[other]), name), out first);

    // At the row that comes second, naming the first one's, and the rule that makes both the same.
    void Tell(Func<SourcePlace, Diagnostic> problem, int first, int second, SourcePlace? rule)
    {
        var (here, there) = Apart(combinationAt(combinations[second]), combinationAt(combinations[first]));
        var told = problem(here ?? rule ?? manifest.Request.Place) with
        {
            Related = [.. new[] { there, here is null ? null : rule }.OfType<SourcePlace>()],
        };
        tally.Add(told, rule, here);
    }

    static (SourcePlace? Here, SourcePlace? There) Apart(Combination a, Combination b)
    {
        for (var i = 0; i < a.Rows.Count; i++)
        {
            if (a.Rows[i].Index != b.Rows[i].Index)
            {
                return (a.Rows[i].Place, b.Rows[i].Place);
            }
        }

        return a.Arm is { } arm && b.Arm is { } other && arm != other ? (arm.NamePlace, other.NamePlace) : (null, null);
    }
}
