using BatchRunner.Expansion;

namespace BatchRunner.Runway.Inputs;

/// <summary>How often each local file stands in a run's requests: one used once may travel inside its request.</summary>
sealed class InputUses
{
    readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public InputUses(IEnumerable<JobSpec> jobs)
    {
        foreach (var sha256 in jobs.SelectMany(job => job.Inputs).Select(input => input.Sha256).OfType<string>())
        {
            counts[sha256] = counts.GetValueOrDefault(sha256) + 1;
        }
    }

    /// <summary>0 if the file is in no job that was counted.</summary>
    public int CountOf(string sha256) => counts.GetValueOrDefault(sha256);
}
