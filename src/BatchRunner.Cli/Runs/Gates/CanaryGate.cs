using System.Globalization;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Runs.Gates;

/// <summary>What stands between the canaries and the rest: a person who is asked, or a program of theirs.</summary>
sealed class CanaryGate
{
    readonly RunRequest request;
    readonly CanaryCheck? check;
    readonly RunPlace place;
    readonly Voice voice;
    readonly Surroundings outside;

    CanaryGate(RunRequest request, CanaryCheck? check, RunPlace place, Voice voice, Surroundings outside) =>
        (this.request, this.check, this.place, this.voice, this.outside) = (request, check, place, voice, outside);

    /// <summary>The gate that was asked for; or null, after saying why there can be none, and the exit code.</summary>
    public static (CanaryGate? Gate, int Refusal) Of(RunRequest request, RunPlace place, Voice voice, Surroundings outside)
    {
        var problems = new DiagnosticBag();
        var check = request.CanaryCheck is { } command ? CanaryCheck.Of(command, outside, problems) : null;
        if (problems.HasErrors)
        {
            voice.Write(problems);
            return (null, ExitCode.Usage);
        }

        return check is null && !voice.CanAsk
            ? (null, voice.Refuse(GateProblems.NobodyForCanary()))
            : (new CanaryGate(request, check, place, voice, outside), ExitCode.Done);
    }

    /// <summary>Null if the rest may go on, else why not.</summary>
    /// <param name="canary">What was tried.</param>
    /// <param name="journal">What became of it.</param>
    /// <param name="rest">What is submitted after a yes.</param>
    /// <param name="left">What is left of the run's `max_duration`; null: it has none.</param>
    public async Task<StopReason?> Pass(Canary canary, JournalContents journal, Plan rest, TimeSpan? left)
    {
        if (left <= TimeSpan.Zero)
        {
            return StopReason.MaxDuration;
        }

        if (rest.SubmitCount == 0)
        {
            return null;
        }

        List<ResultRow> rows = [.. ResultsTable.Of(journal).Rows.Where(row => !row.IsOrphaned && canary.Holds(row.Job.Key))];
        new CanaryView(voice, place, RunWords.Cap(request, rest.Batch.Manifest.Limits), outside).Write(rows, rest);
        try
        {
            return check is null
                ? await Ask(rest) ? null : StopReason.CanaryRefused
                : await Check(check, rows, rest, left);
        }
        catch (OperationCanceledException) when (outside.Interrupts.Drain.IsCancellationRequested)
        {
            return outside.Interrupts.Signals.Why();
        }
    }

    Task<bool> Ask(Plan rest) =>
        voice.Ask($"submit the rest, {Figures.Count(rest.SubmitCount, "job")} for {Consent.Price(rest)}?");

    async Task<StopReason?> Check(CanaryCheck check, List<ResultRow> rows, Plan rest, TimeSpan? left)
    {
        int? exit;
        try
        {
            exit = await check.Run(Variables(rows, rest), left, voice, outside.Time, outside.Interrupts.Drain);
        }
        catch (IOException error)
        {
            voice.Say($"the check could not be started ({SafeText.Line(error.Message)}): the rest stays planned");
            return StopReason.CanaryRefused;
        }

        if (exit is { } code)
        {
            voice.Say(code == 0 ? "the check ended with 0: going on with the rest"
                : string.Create(CultureInfo.InvariantCulture, $"the check ended with {code}: the rest stays planned"));
            return code == 0 ? null : StopReason.CanaryRefused;
        }

        voice.Say("the check was ended: the rest stays planned");
        return outside.Interrupts.Drain.IsCancellationRequested ? outside.Interrupts.Signals.Why() : StopReason.MaxDuration;
    }

    // Figures and paths of ours, never a word of a prompt.
    Dictionary<string, string> Variables(List<ResultRow> rows, Plan rest) => new(StringComparer.Ordinal)
    {
        ["BATCHRUNNER_FOLDER"] = place.Folder.Root,
        ["BATCHRUNNER_RESULTS"] = Path.Combine(place.Folder.Root, "results.csv"),
        ["BATCHRUNNER_REPORT"] = Path.Combine(place.Folder.Root, ReportFile.Name),
        ["BATCHRUNNER_CANARY_JOBS"] = Text(rows.Count),
        ["BATCHRUNNER_CANARY_DONE"] = Text(rows.Count(row => row.State.Status == JobStatus.Done)),
        ["BATCHRUNNER_CANARY_CREDITS"] = Text(CanaryView.Cost(rows)),
        ["BATCHRUNNER_REST_JOBS"] = Text(rest.SubmitCount),
        ["BATCHRUNNER_REST_CREDITS"] = Text(rest.Credits),
    };

    static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
