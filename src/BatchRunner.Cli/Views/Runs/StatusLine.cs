using System.Globalization;
using BatchRunner.Cli.Text;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>Where a run stands, on one line: counts, money, time left.</summary>
static class StatusLine
{
    /// <param name="summary">The counts.</param>
    /// <param name="left">Real time still to wait, or null.</param>
    public static string Of(RunSummary summary, TimeSpan? left) => string.Join(", ", Parts(summary, left));

    static IEnumerable<string> Parts(RunSummary summary, TimeSpan? left)
    {
        yield return $"{Figures.Number(summary.Done)} of {Figures.Count(summary.Total, "job")} done";
        foreach (var (count, word) in new[]
        {
            (summary.Downloading, "downloading"),
            (summary.Running, "running" + Progress(summary)),
            (summary.Queued, "queued at Runway"),
            (summary.Planned, "to go"),
            (summary.Failed, "failed"),
            (summary.Unknown, "unknown"),
            (summary.Cancelled, "cancelled"),
            (summary.Screened, "screened"),
        })
        {
            if (count > 0)
            {
                yield return $"{Figures.Number(count)} {word}";
            }
        }

        yield return $"{Figures.Credits(summary.Spent)} spent"
            + (summary.Reserved > 0 ? $" and {Figures.Number(summary.Reserved)} reserved" : "")
            + (summary.MaxCredits is { } cap ? $" of {Figures.Number(cap)}" : "");
        if (left is { } time)
        {
            yield return $"about {Figures.Time(time)} left";
        }
    }

    static string Progress(RunSummary summary) => summary.MeanProgress is { } mean
        ? string.Create(CultureInfo.InvariantCulture, $" ({mean * 100:0} %)")
        : "";
}
