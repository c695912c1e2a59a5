using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>The jobs so far. No two may share an id, an output or, without `dedupe: share`, a request.</summary>
sealed class PlannedNames(Manifest manifest, Tally tally)
{
    readonly Dictionary<string, Planned> byId = new(StringComparer.Ordinal);
    readonly Dictionary<string, Planned> byOutput = new(StringComparer.Ordinal);
    readonly Dictionary<string, Planned> byKey = new(StringComparer.Ordinal);

    public List<JobSpec> Jobs { get; } = [];

    /// <summary>Takes a job in, or tells what it shares with another.</summary>
    public void Add(JobSpec job, Combination combination)
    {
        var planned = new Planned(job.Id, combination);
        var isNew = true;
        if (!byKey.TryAdd(job.Key.Hex, planned))
        {
            var other = byKey[job.Key.Hex];
            if (manifest.SharesDuplicates)
            {
                job = job with { SharesWith = other.Id };
            }
            else
            {
                // What else they share follows from it.
                Tell(place => NamingProblems.SameRequest(job.Id, other.Id, place), other, planned, manifest.Request.Place);
                return;
            }
        }

        if (!byId.TryAdd(Slug.Folded(job.Id), planned))
        {
            var other = byId[Slug.Folded(job.Id)];
            isNew = false;
            Tell(place => NamingProblems.SameId(job.Id, place), other, planned, manifest.Id?.Place);
        }
        else if (!byOutput.TryAdd(Slug.Folded(job.Output), planned))
        {
            var other = byOutput[Slug.Folded(job.Output)];
            isNew = false;
            Tell(place => NamingProblems.SameOutput(job.Output, job.Id, other.Id, place), other, planned, manifest.Output?.Place);
        }

        if (isNew)
        {
            Jobs.Add(job);
        }
    }

    // At the row that comes second, naming the first one's, and the rule that makes both the same.
    void Tell(Func<SourcePlace, Diagnostic> problem, Planned first, Planned second, SourcePlace? rule)
    {
        var (here, there) = Apart(second.Combination, first.Combination);
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

    /// <summary>What is kept of a job to name it later.</summary>
    sealed record Planned(string Id, Combination Combination);
}
