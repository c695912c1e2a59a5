using System.Globalization;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>What there is to say at the end of a run, whoever it is said to: each sentence with the word it is about.</summary>
/// <param name="place">The run.</param>
/// <param name="request">What was asked for.</param>
/// <param name="outcome">How it ended.</param>
/// <param name="table">Every job.</param>
/// <param name="cap">Where the manifest caps what may be spent, or null.</param>
sealed class EndWords(RunPlace place, RunRequest request, RunOutcome outcome, ResultsTable table, SourcePlace? cap)
{
    const int Most = 10;

    readonly List<ResultRow> rows = [.. table.Rows.Where(row => !row.IsOrphaned)];

    /// <summary>Such as `3 of 7 jobs done after 31s`.</summary>
    public string Headline(TimeSpan took) =>
        $"{Figures.Number(Count(JobStatus.Done))} of {Figures.Count(rows.Count, "job")} done after {Figures.Time(took)}";

    /// <summary>Such as `3 done, 1 failed`: every status that a job has.</summary>
    public string Counts => string.Join(", ", Enum.GetValues<JobStatus>().Where(status => Count(status) > 0)
        .Select(status => $"{Figures.Number(Count(status))} {status.ToString().ToLowerInvariant()}"));

    /// <summary>Files, money, what needs somebody, and what to type next. Safe to print; a blank word goes on with the one before.</summary>
    public IEnumerable<(string Word, string Text)> Lines =>
        [.. Files(), ("money", Money()), .. Troubles(), .. NextSteps().Select(step => ("next", step))];

    int Count(JobStatus status) => rows.Count(row => row.State.Status == status);

    IEnumerable<(string, string)> Files()
    {
        var files = rows.SelectMany(row => row.State.Files).DistinctBy(file => file.Path).ToList();
        if (files.Count > 0)
        {
            yield return ("files", $"{Figures.Count(files.Count, "file")} ({Size(files.Sum(file => file.Bytes))}) in {place.Shown}{Path.DirectorySeparatorChar}");
            yield return ("look", Path.Combine(place.Shown, ReportFile.Name));
            yield return ("judge", $"`batchrunner review {SafeText.Line(request.Batch.Path)}{request.Batch.Whereabouts}` keeps what you approve and reject");
        }
    }

    string Money()
    {
        var summary = outcome.Summary;
        return $"{Figures.Price(summary.Spent)} spent in this folder"
            + (summary.Reserved > 0 ? $", {Figures.Credits(summary.Reserved)} reserved for what is not settled" : "")
            + (summary.MaxCredits is { } cap ? $", {Figures.Credits(Math.Max(0, cap - summary.Spent - summary.Reserved))} left of {Figures.Number(cap)}" : "")
            + (request.Batch.IsSimulated ? "; simulated, so nothing was paid" : "");
    }

    IEnumerable<(string, string)> Troubles()
    {
        var troubles = Trouble.In(rows.Where(row => row.NeedsSomebody));
        foreach (var trouble in troubles.Take(Most))
        {
            yield return (trouble.Word, trouble.Text);
        }

        if (troubles.Skip(Most).Sum(trouble => trouble.Jobs) is > 0 and var more)
        {
            yield return ("", $"and {Figures.Number(more)} more, in {place.Results}");
        }
    }

    IEnumerable<string> NextSteps()
    {
        var failed = rows.Where(row => row.State.Status == JobStatus.Failed).ToList();
        var refused = failed.Count(row => FailureClasses.Named(row.State.Failure?.Class ?? "") is { NeedsChange: true });
        if (GoOn(isAllRefused: refused > 0 && refused == failed.Count) is { } step)
        {
            yield return step;
        }

        if (!request.IsCollectOnly && refused > 0)
        {
            yield return "first change what was refused, in the manifest or its sheet; "
                + $"then `{Command("")}`: a changed request is a new job, and `--only failed` would send the same one again";
        }

        if (!request.IsCollectOnly && failed.Count > refused)
        {
            yield return $"`{Command(" --only failed")}` submits "
                + (failed.Any(row => row.State.Fence > 0) ? "the failed ones again, and pays again" : "those that were never sent");
        }

        if (rows.Find(row => row.State.Status == JobStatus.Unknown) is { } unknown)
        {
            yield return $"`batchrunner resolve {SafeText.Line(request.Batch.Path)} {SafeText.Line(unknown.Job.Id)}{Folder}` "
                + "with `--task ID`, `--not-charged` or `--resubmit` settles what may have been charged";
        }
    }

    // What there is to do about what was not submitted, or is still under way.
    string? GoOn(bool isAllRefused)
    {
        if (outcome.Stops.Contains(StopReason.Budget))
        {
            var planned = rows.Where(row => row.State.Status == JobStatus.Planned).ToList();
            var summary = outcome.Summary;
            return CapWords.Of(
                summary.MaxCredits ?? 0, summary.Spent + summary.Reserved, planned.Count, planned.Sum(row => row.EstimatedCredits ?? 0),
                cap, isTyped: request.MaxCredits is { } typed && typed == summary.MaxCredits);
        }

        if (outcome.Stops.Contains(StopReason.DearerThanPlanned))
        {
            return $"`{Command(" --models FILE")}` goes on with a newer catalogue; without one that model stays stopped";
        }

        if (request.IsCollectOnly && Count(JobStatus.Planned) > 0)
        {
            return "what is not submitted yet only a run of the manifest submits";
        }

        var left = rows.Where(row => row.State.Status is JobStatus.Running or JobStatus.Planned).ToList();
        if (left.Count > 0 && left.TrueForAll(row => row.State.LacksFiles))
        {
            return $"if a file is in the way, move it away; then `{Command("")}` downloads it again, and pays nothing more";
        }

        // After refusals the rest would only be refused too.
        return outcome.ExitCode is not (ExitCode.Done or ExitCode.SomeFailed or ExitCode.Account)
            && !(isAllRefused && outcome.Stops.Contains(StopReason.TooManyFailures))
            && left.Count > 0
            ? $"`{Command("")}` goes on where this stopped"
            : null;
    }

    // A cap that was typed is part of what was agreed to.
    string Command(string more) => $"batchrunner run {SafeText.Line(request.Batch.Path)}{Folder}{Cap}{more}";

    string Cap => request.MaxCredits is { } cap ? string.Create(CultureInfo.InvariantCulture, $" --max-credits {cap:0.##}") : "";

    string Folder => request.Batch.Whereabouts + (request.BaseUrl is { } address ? $" --base-url {SafeText.Line(address)}" : "");

    static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => $"{Figures.Number(Math.Round(bytes / 1000m, 0))} kB",
        < 1_000_000_000 => $"{Figures.Number(Math.Round(bytes / 1_000_000m, 1))} MB",
        _ => $"{Figures.Number(Math.Round(bytes / 1_000_000_000m, 1))} GB",
    };
}
