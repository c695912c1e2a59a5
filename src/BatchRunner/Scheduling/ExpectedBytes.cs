using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Scheduling.Dispatching;

namespace BatchRunner.Scheduling;

/// <summary>
/// How many bytes are still to come from what is paid for: outputs are taken to be as large as the largest of their kind so
/// far, and before any has come, as large as their kind usually is.
/// </summary>
sealed class ExpectedBytes
{
    const long Megabyte = 1_000_000;

    // Of 1280 by 720; Runway's own clips of that size come at 4 to 8 Mbit a second.
    const long VideoPerSecond = 1 * Megabyte;
    const decimal VideoPixels = 1280 * 720;

    readonly Dictionary<Kind, long> largest = [];
    readonly Dictionary<Work, long> coming = [];

    long sum;

    /// <summary>Of everything that runs, or is not on the disk yet. Read by the lane that creates.</summary>
    public long Coming => Interlocked.Read(ref sum);

    /// <summary>Learns from the files of earlier runs.</summary>
    public static ExpectedBytes From(JournalContents journal)
    {
        var expected = new ExpectedBytes();
        foreach (var job in journal.Jobs)
        {
            expected.Learn(job.Spec, job.State);
        }

        return expected;
    }

    /// <summary>All outputs of one job.</summary>
    public long Of(JobSpec spec) => largest.TryGetValue(Kind.Of(spec), out var known) ? known : Guess(spec);

    /// <summary>The job may stand elsewhere than before.</summary>
    public void Update(Work work)
    {
        Learn(work.Spec, work.State);
        var change = coming.Remove(work, out var before) ? -before : 0;
        if (work.State.HoldsSlot || work.State.Phase == JobPhase.Succeeded)
        {
            change += coming[work] = Of(work.Spec);
        }

        Interlocked.Add(ref sum, change);
    }

    void Learn(JobSpec spec, JobState state)
    {
        if (state.Files.Length > 0)
        {
            var (kind, bytes) = (Kind.Of(spec), state.Files.Sum(file => file.Bytes));
            largest[kind] = Math.Max(bytes, largest.GetValueOrDefault(kind));
        }
    }

    static long Guess(JobSpec spec)
    {
        var seconds = spec.Duration ?? 10;
        return spec.Extension switch
        {
            ".mp4" or ".webm" => (long)(seconds * VideoPerSecond * Math.Max(1, PixelsOf(spec.Ratio) / VideoPixels)),
            // ProRes, and a picture for every frame.
            ".mov" or ".zip" => (long)(seconds * 30 * Megabyte),
            ".mp3" or ".wav" => Megabyte,
            _ => 5 * Megabyte,
        };
    }

    static decimal PixelsOf(string? ratio) =>
        ratio?.Split(':') is [var width, var height] && int.TryParse(width, out var x) && int.TryParse(height, out var y)
            ? (decimal)x * y
            : 0;

    readonly record struct Kind(string Endpoint, string Model, string? Ratio, decimal? Seconds, string Extension)
    {
        public static Kind Of(JobSpec spec) => new(spec.Endpoint, spec.Model, spec.Ratio, spec.Duration, spec.Extension);
    }
}
