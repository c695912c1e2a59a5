using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Planning;

/// <summary>Lays the manifest's jobs beside what the journal knows. Touches nothing.</summary>
static class Planner
{
    public static Plan Plan(ExpandedBatch batch, JournalContents journal)
    {
        var policy = new Policy { Attempts = batch.Manifest.Limits.Attempts };
        var keys = journal.Jobs.Count == 0 ? [] : batch.Jobs.Select(job => job.Key).ToHashSet();
        List<JournaledJob> gone =
        [
            .. journal.Jobs.Where(job => job.Shares is null && !keys.Contains(job.Key) && Matters(job.State)),
        ];
        var byId = new Dictionary<string, JournaledJob>(StringComparer.Ordinal);
        var byOutput = new Dictionary<string, JournaledJob>(StringComparer.Ordinal);
        foreach (var orphan in gone)
        {
            byId[orphan.Spec.Id] = orphan;
            byOutput[orphan.Spec.Output] = orphan;
        }

        var (now, whenReplaced) = FileMoves.Of(batch.Jobs, journal);
        var (ids, outputs) = gone.Count == 0 ? ([], []) : Names(batch.Jobs);
        var replaced = gone.ToLookup(job => ids.Contains(job.Spec.Id) || outputs.Contains(job.Spec.Output));
        return new Plan
        {
            Batch = batch,
            Journal = journal,
            Jobs =
            [
                .. batch.Jobs.Select(spec => PlanOne(
                    spec,
                    journal.Find(spec.Key),
                    policy,
                    byId.GetValueOrDefault(spec.Id) ?? byOutput.GetValueOrDefault(spec.Output))),
            ],
            Orphans = [.. replaced[false]],
            Replaced = [.. replaced[true]],
            Moves = now,
            Leaving = whenReplaced,
        };
    }

    static (HashSet<string> Ids, HashSet<string> Outputs) Names(IReadOnlyList<JobSpec> jobs) =>
        (jobs.Select(job => job.Id).ToHashSet(StringComparer.Ordinal), jobs.Select(job => job.Output).ToHashSet(StringComparer.Ordinal));

    /// <summary>What a run would do with a job that it finds in the manifest as the journal has it.</summary>
    public static PlannedJob Foresee(JournaledJob known) => PlanOne(known.Spec, known, new Policy(), namesake: null);

    static bool Matters(JobState state) => state.Attempts.Length > 0 || state.Files.Length > 0 || state.Phase == JobPhase.Failed;

    static PlannedJob PlanOne(JobSpec spec, JournaledJob? known, Policy policy, JournaledJob? namesake)
    {
        var state = known?.State ?? JobState.New;
        var rule = spec.ScreenedBy is { } word ? $"its prompt holds `{word}`" : null;
        var (action, why) = rule is not null && state.Phase is (JobPhase.Planned or JobPhase.Screened)
            ? (PlanAction.Screened, rule)
            : spec.SharesWith is { } owner
            ? (PlanAction.Shared, $"has the request of `{owner}`")
            : ActionFor(state, spec, policy, namesake);
        var job = new PlannedJob
        {
            Spec = spec,
            State = state,
            Action = action,
            Why = why,
            Changes = action == PlanAction.Changed && namesake is not null ? RequestDiff.Between(namesake.Spec, spec) : [],
        };
        return rule is null ? job : job.Stopped(rule, isModerated: false);
    }

    static (PlanAction Action, string Why) ActionFor(
        JobState state, JobSpec spec, Policy policy, JournaledJob? namesake) => state.Phase switch
    {
        JobPhase.Done => (PlanAction.Kept, "done"),
        JobPhase.Intent => (PlanAction.PickedUp, "it is being submitted by the run that holds the folder"),
        JobPhase.Submitted => (PlanAction.PickedUp, $"task {state.Task} runs at Runway"),
        JobPhase.Succeeded => (PlanAction.PickedUp, $"task {state.Task} has its outputs"),
        JobPhase.Unknown => (PlanAction.Unknown, state.Reason ?? "its create may have been charged"),
        JobPhase.Failed when JobLife.Decide(state, policy, default) is NextStep.Submit => (PlanAction.Again, $"`{state.Failure?.Class}` cost nothing and may be tried again"),
        JobPhase.Failed when IsMended(state) => (PlanAction.New, "nothing was sent for it"),
        JobPhase.Failed => (PlanAction.Failed, $"failed as `{state.Failure?.Class}`"),
        JobPhase.Cancelled => (PlanAction.Cancelled, "its task was cancelled"),
        JobPhase.Screened when state.IsModerated => (PlanAction.Screened, state.Reason ?? "a moderation endpoint flagged it"),
        JobPhase.Screened => (PlanAction.New, "no screening rule stops it any more"),
        _ when state.Attempts.Length > 0 && state.Tasks == 0 => (PlanAction.New, "its create made nothing, and cost nothing"),
        _ when state.Attempts.Length > 0 => (PlanAction.Again, "another attempt was allowed"),
        _ when namesake is not null => (PlanAction.Changed, Describe(RequestDiff.Between(namesake.Spec, spec), namesake, spec)),
        _ => (PlanAction.New, "nothing was paid for it yet"),
    };

    // The key is made of the file as it is now: a change that stopped the last run has been planned by this one.
    static bool IsMended(JobState state) => state.Failure?.Class == FailureClasses.InputChanged.Name && state.Attempts.Length == 0;

    static string Describe(IReadOnlyList<FieldChange> changes, JournaledJob namesake, JobSpec spec)
    {
        var fields = string.Join(", ", changes.Select(change => $"`{change.Field}`"));
        var who = namesake.Spec.Id == spec.Id ? "" : $" from `{namesake.Spec.Id}`";
        return changes.Count switch
        {
            0 => "its inputs changed",
            <= 3 => $"{fields} changed{who}",
            _ => $"{changes.Count.ToString(CultureInfo.InvariantCulture)} fields changed{who}",
        };
    }
}
