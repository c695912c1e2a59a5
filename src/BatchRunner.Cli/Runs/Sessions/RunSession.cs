using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs.Gates;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Runs.Sessions;

/// <summary>
/// One `run`, from the first look at the folder to its last word: screened, asked, and done in one stage, or in two with a
/// question between them. The folder is locked while a stage works, and free while somebody is asked.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="beside">The manifest's jobs beside the journal.</param>
/// <param name="account">Where to pay, or null: simulated.</param>
/// <param name="check">Who judges prompts, or null: nobody.</param>
/// <param name="voice">Who talks.</param>
/// <param name="outside">The world.</param>
sealed class RunSession(
    RunRequest request, BatchBeside beside, Account? account, PromptCheck? check, Voice voice, Surroundings outside)
{
    readonly long start = outside.Time.GetTimestamp();
    readonly RunPlace place = beside.Place;
    bool isNoted;

    double Scale => account is null ? (double)request.TimeScale : 1;

    // What the canaries and their check have used of the run's own time.
    TimeSpan Used => outside.Time.GetElapsedTime(start) * Scale;

    /// <summary>All of it; the exit code.</summary>
    public async Task<int> Go()
    {
        // Asked without the lock, so that nobody waits for an answer; planned again with it, for the answer may have taken long.
        var (asked, refusal) = Choice.Of(request.Batch, request.Selection, beside, voice);
        if (asked is null)
        {
            return refusal;
        }

        if (PlanNotes.OfNarrowing(asked) is { } leftOut)
        {
            voice.Say(leftOut);
        }

        var gate = default(CanaryGate);
        if (request.Canary is not null)
        {
            (gate, refusal) = CanaryGate.Of(request, place, voice, outside);
            if (gate is null)
            {
                return refusal;
            }
        }

        if (Beforehand(asked) is { } no)
        {
            return no;
        }

        var (plan, stopped) = await Screened(asked);
        if (plan is null)
        {
            return stopped;
        }

        return gate is not null && Canary.Of(request.Canary, plan) is { } canary
            ? await InTwo(canary, gate)
            : await Consent.Ask(request, plan, null, SavedPlans.Against(account), place, voice)
                ?? Ended(await Work(request, plan, () => Choice.Of(request.Batch, request.Selection, beside, voice)));
    }

    // What is wrong before anybody is asked anything.
    int? Beforehand(Plan asked)
    {
        if (request.MaxJobs is { } most && asked.Batch.Jobs.Count > most)
        {
            return voice.Refuse(UsageProblems.TooManyJobs(asked.Batch.Jobs.Count, most));
        }

        // Who has no name yet is met at the lock.
        if (RunLock.HolderOf(place.Folder.Lock) is { IsAlive: true } holder)
        {
            return voice.Refuse(JournalProblems.Held(place.Folder.Root, holder), ExitCode.FolderHeld);
        }

        // Met at the lock in any case; whoever is asked for money first would be asked for nothing.
        if (beside.Behind is { } behind)
        {
            return voice.Refuse(behind, ExitCode.Folder);
        }

        return request.MaxCredits is not null
            && asked.Jobs.FirstOrDefault(job => job is { WillSubmit: true, EstimatedCredits: null }) is { } unpriced
            ? voice.Refuse(UsageProblems.UnpricedUnderCap(asked.UnpricedCount, SafeText.Line(unpriced.Spec.Id)))
            : Consent.Beforehand(request, asked, place, voice);
    }

    async Task<(Plan? Plan, int Exit)> Screened(Plan plan) =>
        check is null ? (plan, ExitCode.Done) : await check.Screen(plan, place, voice);

    async Task<int> InTwo(Canary canary, CanaryGate gate)
    {
        var first = canary.First(canary.All);
        if (await Consent.Ask(request, first, canary.Later(canary.All), SavedPlans.Against(account), place, voice) is { } declined)
        {
            return declined;
        }

        var stage = await Work(request, first, () =>
        {
            var (again, refused) = Choice.Of(request.Batch, request.Selection, beside, voice);
            return (again is null ? null : canary.First(again), refused);
        });

        // Of canaries that are not over nobody can say whether they are good.
        if (stage.Outcome is not { Stops.Count: 0, RunningCount: 0, UnknownCount: 0 } outcome || stage.Trouble is not null)
        {
            return Ended(stage);
        }

        var (rest, refusal) = Rest(canary);
        if (rest is null)
        {
            return refusal;
        }

        var used = Used;
        if (await gate.Pass(canary, beside.Journal, rest, beside.Batch.Manifest.Limits.MaxDuration - used) is { } reason)
        {
            return Ended(stage with { Outcome = outcome with { Stops = [reason], PlannedCount = rest.SubmitCount } });
        }

        // Nobody's thinking counts against `max_duration`; a program's does.
        return Ended(await Work(
            request with { Used = request.CanaryCheck is null ? used : Used }, rest, () => Rest(canary)));
    }

    // What a saved plan may do once more it says itself.
    (Plan? Plan, int Refusal) Rest(Canary canary)
    {
        var (now, refusal) = Choice.All(request.Batch, beside, voice);
        return (now is null ? null : canary.Rest(now, request.Selection.AsksForAnother && request.Batch.Saved is null), refusal);
    }

    // One stage: the folder opened and locked, planned again, done, and let go.
    async Task<Stage> Work(RunRequest staged, Plan asked, Func<(Plan? Plan, int Refusal)> replan)
    {
        var (store, refused) = await OpenRun.Lock(place, beside.Batch.Manifest.Name, account, voice, outside);
        if (store is null)
        {
            return Stage.Refused(refused);
        }

        await using (store)
        {
            check?.Keep(place, voice);
            if (!beside.Renew(store.Contents))
            {
                return Stage.Refused(ExitCode.Usage);
            }

            var (plan, exit) = replan();
            (plan, exit) = plan is null ? (null, exit) : await Screened(plan);
            if (plan is null)
            {
                return Stage.Refused(exit);
            }

            if (account is not null && plan.Credits > asked.Credits)
            {
                return Stage.Refused(
                    voice.Refuse(UsageProblems.DearerMeanwhile(Figures.Price(plan.Credits), Figures.Price(asked.Credits))));
            }

            if (Recollection.Refusal(place.Folder, plan) is { } forgotten)
            {
                return Stage.Refused(voice.Refuse(forgotten, ExitCode.Folder));
            }

            if (account is not null && !isNoted && store.Contents.Header is { } header
                && RanFolders.Note(EmergencyPlace.Of(outside), place.Folder, header.Folder) is { } reason)
            {
                voice.Write([JournalProblems.NoNote(SafeText.Line(EmergencyPlace.Of(outside)), SafeText.Line(reason))]);
            }

            isNoted = true;

            SavedPlans.Bind(request.Batch, store.Contents, place, voice);
            var stage = await new RunStage(staged, place, account, voice, outside).Do(plan, store, Scale, start);
            return beside.Renew(store.Contents) ? stage : Stage.Refused(ExitCode.Usage);
        }
    }

    int Ended(Stage stage) => stage.End(
        new EndView(voice, place, request, outside.Time.GetElapsedTime(start)) { Cap = beside.Batch.Manifest.Limits.MaxCreditsPlace },
        beside.Journal, beside.Batch.Jobs);
}
