using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.Views.Runs.Live;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Scheduling;
using Microsoft.Extensions.Logging;

namespace BatchRunner.Cli.Commands;

/// <summary>`run`: does whatever is missing. May be repeated for ever; pays for each job once.</summary>
static partial class RunCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var options = new RunOptionSet();
        var command = new Verb("run", "does whatever is missing, and can be repeated for ever: no job is paid twice")
        {
            Examples =
            [
                ("run batch.yaml --simulate", "try it: no key, no money, real files"),
                ("run batch.yaml", "shows the price, asks, then pays"),
                ("run batch.yaml --yes --new", "in CI, the first time; `--yes` alone from then on"),
                ("run batch.yaml --only failed", "submit the failed jobs again"),
                ("run plan.json", "a plan kept by `plan --save`: its jobs at its prices, without asking"),
            ],
        };
        options.AddTo(command);
        command.Does(manner, outside, options.Of, (request, _, voice) => Run(request, voice, outside, outside.Interrupts.Drain));
        return command;
    }

    static async Task<int> Run(RunRequest request, Voice voice, Surroundings outside, CancellationToken cancel)
    {
        var problems = new DiagnosticBag();
        if (SavedPlans.Meant(request.Batch, problems) is not { } meant)
        {
            voice.Write(problems);
            return ExitCode.Usage;
        }

        request = request with { Batch = meant };
        var account = request.Batch.IsSimulated ? null : Account.From(outside, request.BaseUrl, problems);
        if (problems.HasErrors)
        {
            voice.Write(problems);
            return ExitCode.Usage;
        }

        if (Disagreement(request, account) is { } disagreement)
        {
            return voice.Refuse(disagreement);
        }

        if (SavedPlans.ChangedInputs(request.Batch) is { Count: > 0 } changed)
        {
            voice.Write(changed);
            return ExitCode.Stale;
        }

        var (beside, refusal) = BatchBeside.Open(request.Batch, voice, cancel);
        return beside is null ? refusal : await Open(request, beside, account, voice, outside);
    }

    static async Task<int> Open(RunRequest request, BatchBeside beside, Account? account, Voice voice, Surroundings outside)
    {
        // Asked without the lock, so that nobody waits for an answer; planned again with it, for the answer may have taken long.
        var place = beside.Place;
        var (asked, refusal) = Choice.Of(request.Batch, request.Selection, beside, voice);
        if (asked is null)
        {
            return refusal;
        }

        if (request.MaxJobs is { } most && asked.Batch.Jobs.Count > most)
        {
            return voice.Refuse(UsageProblems.TooManyJobs(asked.Batch.Jobs.Count, most));
        }

        // Before anything is asked. Who has no name yet is met at the lock.
        if (RunLock.HolderOf(place.Folder.Lock) is { IsAlive: true } holder)
        {
            return voice.Refuse(JournalProblems.Held(place.Folder.Root, holder), ExitCode.FolderHeld);
        }

        if (request.MaxCredits is not null
            && asked.Jobs.FirstOrDefault(job => job is { WillSubmit: true, Spec.EstimatedCredits: null }) is { } unpriced)
        {
            return voice.Refuse(UsageProblems.UnpricedUnderCap(asked.UnpricedCount, SafeText.Line(unpriced.Spec.Id)));
        }

        if (await Consent.Refusal(request, asked, place, voice) is { } declined)
        {
            return declined;
        }

        var terms = new JournalTerms(
            beside.Batch.Manifest.Name, Against(account), Release.Version, EmergencyFolder(outside));
        var opened = await Journal.Open(place.Folder, terms, new LocalDisk(), outside.Time);
        if (opened is OpenAnswer.Refused refused)
        {
            return voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble));
        }

        var (store, notes) = (OpenAnswer.Opened)opened;
        await using (store)
        {
            voice.Write(notes);
            (var plan, refusal) = beside.Renew(store.Contents)
                ? Choice.Of(request.Batch, request.Selection, beside, voice)
                : (null, ExitCode.Usage);
            if (plan is not null && account is not null && plan.Credits > asked.Credits)
            {
                return voice.Refuse(UsageProblems.DearerMeanwhile(Figures.Price(plan.Credits), Figures.Price(asked.Credits)));
            }

            if (plan is not null && Recollection.Refusal(place.Folder, plan) is { } forgotten)
            {
                return voice.Refuse(forgotten, ExitCode.Folder);
            }

            return plan is null ? refusal : await Work(request, plan, place, store, account, voice, outside);
        }
    }

    // What tasks are journaled against, for a plan that was saved for another server is not meant for this one.
    static string Against(Account? account) => account?.Host ?? SavedPlans.Simulator;

    static Diagnostic? Disagreement(RunRequest request, Account? account) =>
        request.Batch.Saved is not var (file, plan) ? null
        : account is null && request.BaseUrl is not null ? UsageProblems.SimulateAndBaseUrl()
        : plan.Against != Against(account) ? UsageProblems.OtherServer(file.Path, plan.Against, Against(account))
        : null;

    static async Task<int> Work(
        RunRequest request, Plan plan, RunPlace place, JournalStore store, Account? account, Voice voice, Surroundings outside)
    {
        var scale = account is null ? (double)request.TimeScale : 1;
        using var live = voice.Screen is { } screen ? new LiveView(plan.Batch.Manifest.Name, outside.Error, screen, outside.Time, scale) : null;
        IRunView watching = live is not null ? live
            : voice.IsJson ? new JsonView(outside.Output, outside.Time)
            : new PlainView(voice, outside.Time, scale);
        var results = new ResultsKeeper(watching, store, place.Folder, outside.Time);
        outside.Interrupts.Interrupted += (_, _) => watching.Note(
            "stopping: nothing more is submitted, what is under way is saved; again to stop at once");
        var start = outside.Time.GetTimestamp();
        RunOutcome outcome;
        await using (var composition = new Composition())
        {
            var parts = composition.Compose(request, plan, place, store, account, results, outside) with
            {
                Origin = await Origin.Of(plan, place.Folder, outside),
            };
            try
            {
                outcome = await Scheduling.Run.Go(parts, outside.Interrupts.Signals);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A mistake of ours. What was paid for is in the journal, so the next run goes on from there.
                Unexpected(parts.Log, error);
                live?.Dispose();
                voice.Say(World.Unexpected.Line(Path.Combine(place.Shown, ".batchrunner", "log.jsonl")));
                return ExitCode.Unexpected;
            }
        }

        WriteReport(plan, place, store, voice);
        var ending = new EndView(voice, place, request, outside.Time.GetElapsedTime(start));
        var places = plan.Jobs.GroupBy(job => job.Spec.Id).ToDictionary(same => same.Key, same => same.First().Spec.Place);
        ending.Write(outcome, ResultsTable.Of(store.Contents), results.Trouble, id => places.GetValueOrDefault(id));
        return results.Trouble is not null && outcome.ExitCode is not (130 or 143 or 1) ? ExitCode.Folder : outcome.ExitCode;
    }

    // The clips are safe without it, and `report` makes it again.
    static void WriteReport(Plan plan, RunPlace place, JournalStore store, Voice voice)
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

    // For an id that the journal can't take: another place of the user's, most likely another disk.
    internal static string EmergencyFolder(Surroundings outside) =>
        outside.Variable("XDG_STATE_HOME") is { } state ? Path.Combine(state, "batchrunner")
        : outside.Variable("HOME") is { } home ? Path.Combine(home, ".local", "state", "batchrunner")
        : Path.Combine(Path.GetTempPath(), "batchrunner");

    [LoggerMessage(EventId = 999, Level = LogLevel.Critical, Message = "the run broke")]
    static partial void Unexpected(ILogger log, Exception error);
}
