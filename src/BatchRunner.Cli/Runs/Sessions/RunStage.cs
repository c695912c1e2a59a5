using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.Views.Runs.Live;
using BatchRunner.Cli.World;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Scheduling;
using Microsoft.Extensions.Logging;

namespace BatchRunner.Cli.Runs.Sessions;

/// <summary>Does a plan in a folder that is open and locked: everything is composed, run, watched, and put away again.</summary>
sealed partial class RunStage(RunRequest request, RunPlace place, Account? account, Voice voice, Surroundings outside)
{
    /// <summary>All of it. A mistake of ours is told and logged, and is an exit code.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="store">The open journal.</param>
    /// <param name="scale">How many times faster than real time it runs.</param>
    /// <param name="start">When the command began, by the clock of the world.</param>
    public async Task<Stage> Do(Plan plan, JournalStore store, double scale, long start)
    {
        using var live = voice.Screen is { } screen
            ? new LiveView(plan.Batch.Manifest.Name, outside.Error, screen, outside.Time, scale)
            : null;
        IRunView watching = live is not null ? live
            : voice.IsJson ? new JsonView(outside.Output, outside.Time)
            : new PlainView(voice, outside.Time, scale, start);
        void Stopping(object? sender, EventArgs nothing) =>
            watching.Note("stopping: nothing more is submitted, what is under way is saved; again to stop at once");
        outside.Interrupts.Interrupted += Stopping;
        try
        {
            return await Do(plan, store, watching, live);
        }
        finally
        {
            outside.Interrupts.Interrupted -= Stopping;
        }
    }

    async Task<Stage> Do(Plan plan, JournalStore store, IRunView watching, LiveView? live)
    {
        var results = new ResultsKeeper(
            watching, store, place.Folder,
            ResultsFiles.In(place.Folder.Root, outside.Time, request.Wish with { Name = plan.Batch.Manifest.Name }));
        RunOutcome outcome;
        await using (var composition = new Composition())
        {
            var parts = composition.Compose(request, plan, place, store, account, results, outside) with
            {
                Origin = await Origin.Of(plan, place.Folder, outside),
            };
            try
            {
                outcome = await Run.Go(parts, outside.Interrupts.Signals);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A mistake of ours. What was paid for is in the journal, so the next run goes on from there.
                Unexpected(parts.Log, error);
                live?.Dispose();
                voice.Say(World.Unexpected.Line(Path.Combine(place.Shown, ".batchrunner", "log.jsonl")));
                return Stage.Refused(ExitCode.Unexpected);
            }
        }

        WriteReport(plan, store);
        return new Stage(outcome, results.Trouble, ExitCode.Done);
    }

    // The clips are safe without it, and `report` makes it again.
    void WriteReport(Plan plan, JournalStore store)
    {
        try
        {
            ReportFile.Write(place.Folder, store.Contents, plan.Batch.Manifest.Description, Reviews.OrNone(place, voice));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Say($"report.html can't be written: {Disk.Describe(error)}");
        }
    }

    [LoggerMessage(EventId = 999, Level = LogLevel.Critical, Message = "the run broke")]
    static partial void Unexpected(ILogger log, Exception error);
}

/// <summary>What a stage of a run came to.</summary>
/// <param name="Outcome">How it ended; null: it did not begin, or broke.</param>
/// <param name="Trouble">Why results.csv is not up to date, or null.</param>
/// <param name="Exit">The exit code if there is no outcome.</param>
sealed record Stage(RunOutcome? Outcome, string? Trouble, int Exit)
{
    /// <summary>One that did not begin, or broke.</summary>
    public static Stage Refused(int exit) => new(null, null, exit);

    /// <summary>The last word of a run that ends with it; the exit code.</summary>
    /// <param name="view">Who says it.</param>
    /// <param name="journal">What is known by now.</param>
    /// <param name="jobs">The jobs with the places they come from.</param>
    public int End(EndView view, JournalContents journal, IEnumerable<JobSpec> jobs)
    {
        if (Outcome is not { } outcome)
        {
            return Exit;
        }

        var places = jobs.GroupBy(job => job.Id).ToDictionary(same => same.Key, same => same.First().Place);
        view.Write(outcome, ResultsTable.Of(journal), Trouble, id => places.GetValueOrDefault(id));
        return Trouble is not null && outcome.ExitCode is not (130 or 143 or 1) ? ExitCode.Folder : outcome.ExitCode;
    }
}
