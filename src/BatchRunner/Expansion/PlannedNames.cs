using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>The jobs so far. No two may share an id, an output or, without `dedupe: share`, a request.</summary>
/// <param name="manifest">Whose jobs they are.</param>
/// <param name="tally">Takes what is wrong.</param>
/// <param name="count">How many there will be, about.</param>
/// <param name="combinationAt">A combination again, by its number.</param>
sealed class PlannedNames(Manifest manifest, Tally tally, int count, Func<int, Combination> combinationAt)
{
    // Places in `planned`: what a job was made of is only asked when something is wrong.
    readonly Dictionary<string, int> byId = new(count, Slug.Comparer);
    readonly Dictionary<string, int> byOutput = new(manifest.Output is null ? 0 : count, Slug.Comparer);
    readonly Dictionary<JobKey, int> byKey = new(count);
    readonly List<(string Id, int Combination)> planned = new(count);

    public List<JobSpec> Jobs { get; } = new(count);

    /// <summary>Takes a job in, or tells what it shares with another.</summary>
    /// <param name="job">The job.</param>
    /// <param name="combination">The number of the combination it came from.</param>
    public void Add(JobSpec job, int combination)
    {
        var (here, isNew) = (planned.Count, true);
        planned.Add((job.Id, combination));
        if (!byKey.TryAdd(job.Key, here))
        {
            var other = byKey[job.Key];
            if (manifest.SharesDuplicates)
            {
                job = job with { SharesWith = planned[other].Id };
            }
            else
            {
                // What else they share follows from it.
                Tell(place => NamingProblems.SameRequest(job.Id, planned[other].Id, place), other, here, manifest.Request.Place);
                return;
            }
        }

        if (!byId.TryAdd(job.Id, here))
        {
            isNew = false;
            Tell(place => NamingProblems.SameId(job.Id, place), byId[job.Id], here, manifest.Id?.Place);
        }
        else if (manifest.Output is not null && !byOutput.TryAdd(job.Output, here))
        {
            // Without an `output` a job's file is called as the job is.
            var other = byOutput[job.Output];
            isNew = false;
            Tell(place => NamingProblems.SameOutput(job.Output, job.Id, planned[other].Id, place), other, here, manifest.Output.Place);
        }

        if (isNew)
        {
            Jobs.Add(job);
        }
    }

    // At the row that comes second, naming the first one's, and the rule that makes both the same.
    void Tell(Func<SourcePlace, Diagnostic> problem, int first, int second, SourcePlace? rule)
    {
        var (here, there) = Apart(combinationAt(planned[second].Combination), combinationAt(planned[first].Combination));
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
