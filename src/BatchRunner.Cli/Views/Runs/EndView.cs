using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>What is said at the end of a run: files, money, what needs somebody, and the next command.</summary>
sealed class EndView(Voice voice, RunPlace place, RunRequest request, TimeSpan took)
{
    const int Most = 10;
    const int Indent = 11;

    /// <param name="outcome">How it ended.</param>
    /// <param name="table">Every job.</param>
    /// <param name="trouble">Why results.csv could not be written, or null.</param>
    /// <param name="placeOf">The line of the manifest or sheet that a job by its name comes from, or null.</param>
    public void Write(RunOutcome outcome, ResultsTable table, string? trouble, Func<string, SourcePlace?> placeOf)
    {
        foreach (var row in table.Rows.Where(row => !row.IsOrphaned && row.State.Status is JobStatus.Failed or JobStatus.Unknown))
        {
            var word = row.State.Status == JobStatus.Failed ? "failed" : "unknown";
            voice.Annotate(placeOf(row.Job.Id), $"{row.Job.Id} {word}", Trouble.Why(row));
        }

        if (voice.IsJson)
        {
            voice.Answer(JsonLine.Of("ended", json =>
            {
                json.WriteNumber("exit", trouble is null || outcome.ExitCode is 130 or 143 or 1 ? outcome.ExitCode : ExitCode.Folder);
                json.WriteString("results", place.Results);
                json.WriteString("report", Path.Combine(place.Shown, ReportFile.Name));
                if (trouble is not null)
                {
                    json.WriteString("trouble", trouble);
                }
            }));
            return;
        }

        var planned = table.Rows.Where(row => !row.IsOrphaned).ToList();
        voice.Say("");
        voice.Say($"{Figures.Number(planned.Count(row => row.State.Status == JobStatus.Done))} of "
            + $"{Figures.Count(planned.Count, "job")} done after {Figures.Time(took)}");
        WriteFiles(planned);
        WriteMoney(outcome.Summary);
        WriteTroubles(planned);
        foreach (var step in NextSteps(outcome, planned))
        {
            voice.Say($"  next     {step}", Indent);
        }

        if (trouble is null)
        {
            voice.Answer(place.Results);
        }
        else
        {
            voice.Say($"  results  {SafeText.Line(trouble)}", Indent);
        }
    }

    void WriteFiles(List<ResultRow> rows)
    {
        var files = rows.SelectMany(row => row.State.Files).DistinctBy(file => file.Path).ToList();
        if (files.Count > 0)
        {
            voice.Say($"  files    {Figures.Count(files.Count, "file")} ({Size(files.Sum(file => file.Bytes))}) in {place.Shown}{Path.DirectorySeparatorChar}", Indent);
            voice.Say($"  look     {Path.Combine(place.Shown, ReportFile.Name)}", Indent);
            voice.Say($"  judge    `batchrunner review {SafeText.Line(request.Batch.Path)}{Whereabouts}` keeps what you approve and reject", Indent);
        }
    }

    void WriteMoney(RunSummary summary) => voice.Say(
        $"  money    {Figures.Price(summary.Spent)} spent in this folder"
        + (summary.Reserved > 0 ? $", {Figures.Credits(summary.Reserved)} reserved for what is not settled" : "")
        + (summary.MaxCredits is { } cap ? $", {Figures.Credits(Math.Max(0, cap - summary.Spent - summary.Reserved))} left of {Figures.Number(cap)}" : "")
        + (request.Batch.IsSimulated ? "; simulated, so nothing was paid" : ""), Indent);

    void WriteTroubles(List<ResultRow> rows)
    {
        var bad = rows.Where(row => row.State.Status is JobStatus.Failed or JobStatus.Unknown or JobStatus.Cancelled or JobStatus.Screened).ToList();
        foreach (var row in bad.Take(Most))
        {
            voice.Say("  " + Trouble.Of(row), Indent);
        }

        if (bad.Count > Most)
        {
            voice.Say($"           and {Figures.Number(bad.Count - Most)} more, in {place.Results}");
        }
    }

    IEnumerable<string> NextSteps(RunOutcome outcome, List<ResultRow> rows)
    {
        if (outcome.Stops.Contains(StopReason.Budget))
        {
            var left = rows.Where(row => row.State.Status == JobStatus.Planned).ToList();
            yield return $"the cap of {Figures.Credits(outcome.Summary.MaxCredits ?? 0)} is for all runs in this folder: "
                + $"{Figures.Count(left.Count, "job")} more may cost {Figures.Credits(left.Sum(row => row.EstimatedCredits ?? 0))}; "
                + "raise `max_credits` in the manifest to go on";
        }
        else if (outcome.Stops.Contains(StopReason.DearerThanPlanned))
        {
            yield return $"`{Command(" --models FILE")}` goes on with a newer catalogue; without one that model stays stopped";
        }
        else if (request.IsCollectOnly && rows.Exists(row => row.State.Status == JobStatus.Planned))
        {
            yield return "what is not submitted yet only a run of the manifest submits";
        }
        else if (outcome.ExitCode is not (ExitCode.Done or ExitCode.SomeFailed or ExitCode.Account)
            && rows.Exists(row => row.State.Status is JobStatus.Running or JobStatus.Planned))
        {
            yield return $"`{Command("")}` goes on where this stopped";
        }

        if (!request.IsCollectOnly && rows.Exists(row => row.State.Status == JobStatus.Failed))
        {
            yield return $"`{Command(" --only failed")}` submits the failed ones again, and pays again";
        }

        if (rows.Find(row => row.State.Status == JobStatus.Unknown) is { } unknown)
        {
            yield return $"`batchrunner resolve {SafeText.Line(request.Batch.Path)} {SafeText.Line(unknown.Job.Id)}{Folder}` "
                + "with `--task ID`, `--not-charged` or `--resubmit` settles what may have been charged";
        }
    }

    string Command(string more) => $"batchrunner run {SafeText.Line(request.Batch.Path)}{Folder}{more}";

    string Folder => Whereabouts + (request.BaseUrl is { } address ? $" --base-url {SafeText.Line(address)}" : "");

    string Whereabouts => (request.Batch.IsSimulated ? " --simulate" : "")
        + (request.Batch.Output is { } output ? $" -o {SafeText.Line(output)}" : "");

    static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => $"{Figures.Number(Math.Round(bytes / 1000m, 0))} kB",
        < 1_000_000_000 => $"{Figures.Number(Math.Round(bytes / 1_000_000m, 1))} MB",
        _ => $"{Figures.Number(Math.Round(bytes / 1_000_000_000m, 1))} GB",
    };
}
