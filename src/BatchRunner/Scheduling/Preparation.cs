using BatchRunner.Downloads;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.Scheduling.Settling;
using BatchRunner.Scheduling.Steps;

namespace BatchRunner.Scheduling;

/// <summary>What a run does before its first order: the plan recorded, files in their places, the account asked.</summary>
sealed class Preparation(RunParts parts, RunClock clock)
{
    readonly IJobStore store = parts.Store;

    /// <summary>All of it.</summary>
    public async Task<Prepared> Prepare(CancellationToken drain)
    {
        var trouble = await Arrange(CancellationToken.None);
        var works = TakeUp();
        var needsAccount = trouble is null && !drain.IsCancellationRequested
            && works.Exists(work => work.State.HoldsSlot || (work.MaySubmit && work.State.Phase is (JobPhase.Planned or JobPhase.Failed)));
        var (account, refusal) = needsAccount ? await AskAccount(drain) : (null, null);
        if (account is not null)
        {
            trouble = await AskCosts(drain);
        }

        var expected = ExpectedBytes.From(store.Contents);
        var dispatcher = new Dispatcher(
            parts.Options,
            clock.Start,
            model => SlotsOf(account, model),
            LearntDurations.From(parts.Plan.Journal, parts.Options.PollInterval),
            expected,
            parts.Dice);
        var taken = works.Select(work => work.Key).ToHashSet();
        foreach (var other in store.Contents.Jobs.Where(job => job.State.HoldsSlot && !taken.Contains(job.Key)))
        {
            dispatcher.Ignore(other.Spec.Model);
        }

        works.ForEach(work => dispatcher.Add(work, clock.Now));
        StopDearer(dispatcher, works);
        WarnOfSmallDisk(dispatcher, works, expected);
        if (trouble is not null)
        {
            dispatcher.Rules.Stop(StopReason.DiskFailed, trouble);
        }

        if (refusal is var (reason, why))
        {
            dispatcher.Rules.Stop(reason, why);
        }

        return new Prepared(dispatcher, works, account);
    }

    List<Work> TakeUp()
    {
        // A selection that takes a sharer takes the job it shares with: what it does not take is never paid for.
        var sharers = parts.Plan.Jobs.Where(job => job.IsSelected && job.Spec.SharesWith is not null)
            .CountBy(job => job.Key).ToDictionary();
        return
        [
            .. from job in parts.Plan.Jobs
               where job.IsSelected && job.Spec.SharesWith is null
               select new Work(job.Spec, store.Get(job.Key))
               {
                   Rows = 1 + sharers.GetValueOrDefault(job.Key),
                   MaySubmit = !parts.Options.IsCollectOnly && job.StoppedBy is null
                       && (job.WillSubmit || job.Action == PlanAction.PickedUp),
               },
        ];
    }

    // Why it is not possible, or null.
    async Task<string?> Arrange(CancellationToken cancel)
    {
        foreach (var (key, take) in parts.Plan.Retakes)
        {
            if (await store.RecordRetake(key, take, cancel) is AppendAnswer.DiskFailed full)
            {
                return $"the journal can't be written: {full.Reason}";
            }
        }

        // Only a run that may submit something: one that finds all done leaves the journal as it is.
        if (parts.Origin is { } origin && parts.Plan.Jobs.Any(job => job.WillSubmit || job.Action == PlanAction.PickedUp)
            && await store.RecordOrigin(origin, cancel) is AppendAnswer.DiskFailed unsaved)
        {
            return $"the journal can't be written: {unsaved.Reason}";
        }

        if (await store.RecordPlan(parts.Plan.Jobs.Where(job => !job.IsOrphaned).Select(job => job.Spec), cancel) is AppendAnswer.DiskFailed failed)
        {
            return $"the journal can't be written: {failed.Reason}";
        }

        if (await new FileMover(store, parts.Folder, clock).Move(parts.Plan.Moves, cancel) is { } trouble)
        {
            return trouble;
        }

        foreach (var job in parts.Plan.Jobs)
        {
            if (job.IsSelected && EventFor(job) is { } happened
                && await store.Append(job.Key, happened, cancel) is AppendAnswer.DiskFailed broken)
            {
                return $"the journal can't be written: {broken.Reason}";
            }
        }

        return null;
    }

    // What is said in the journal of a model's price holds until a newer catalogue says another.
    void StopDearer(Dispatcher dispatcher, List<Work> works)
    {
        var models = works.Where(work => work is { MaySubmit: true, State.Phase: JobPhase.Planned or JobPhase.Failed })
            .Select(work => work.Spec.Model).ToHashSet(StringComparer.Ordinal);
        var dearer =
            from job in store.Contents.Jobs
            where models.Contains(job.Spec.Model)
            from attempt in job.State.Attempts
            where attempt.IsDearer && attempt.Catalogue >= parts.Plan.Batch.Catalogue.Date
            group (job.Spec, attempt) by job.Spec.Model;
        foreach (var (spec, attempt) in dearer.Select(model => model.First()))
        {
            dispatcher.StopDearer(spec, attempt);
        }
    }

    // Only told: what is on its way is held against the disk before each create, and sizes are a guess until clips have come.
    void WarnOfSmallDisk(Dispatcher dispatcher, List<Work> works, ExpectedBytes expected)
    {
        var toCome = expected.Coming + works.Where(work => work is { MaySubmit: true, State.Phase: JobPhase.Planned })
            .Sum(work => expected.Of(work.Spec));
        if (toCome > expected.Coming && parts.Downloads.FreeBytes() is { } free && free < DiskRoom.NeededFor(toCome))
        {
            dispatcher.Rules.Warn($"the disk of the run's folder has {DiskRoom.Words(free)} free, and all that is to come may need "
                + $"{DiskRoom.Words(DiskRoom.NeededFor(toCome))}: it goes on while there is room");
        }
    }

    async Task<string?> AskCosts(CancellationToken cancel)
    {
        try
        {
            return await new CostAsking(store, parts.Runway, clock).Ask(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // A later run asks.
            return null;
        }
    }

    async Task<(Organization? Account, (StopReason Reason, string Why)? Refusal)> AskAccount(CancellationToken cancel)
    {
        OrganizationAnswer answer;
        try
        {
            answer = await parts.Runway.GetOrganization(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The run is stopped before it began: nothing will be submitted.
            return (null, null);
        }

        switch (answer)
        {
            case OrganizationAnswer.Found found:
                return (found.Organization, null);
            case OrganizationAnswer.KeyRefused refused:
                return (null, (StopReason.KeyRefused, refused.Message));
            case OrganizationAnswer.Trouble { IsNobodyThere: true } nobody:
                return (null, (
                    StopReason.NobodyListens,
                    $"{nobody.Reason}, asked three times: nothing was sent; see whether that is the right address, and run again"));
            case OrganizationAnswer.Trouble trouble:
                parts.View.Note($"the account did not say how many slots it has ({trouble.Reason}): going on with 1");
                return (null, null);
            default:
                throw new InvalidOperationException($"no such answer: {answer}");
        }
    }

    // The account's, never more than asked for.
    int SlotsOf(Organization? account, string model)
    {
        if (account is null)
        {
            return 1;
        }

        if (!account.Models.TryGetValue(model, out var allowance))
        {
            parts.View.Note($"the account does not say how many slots `{model}` has: going on with 1");
            return 1;
        }

        return Slots.Of(allowance, parts.Options.Concurrency);
    }

    JobEvent? EventFor(PlannedJob job)
    {
        var state = store.Get(job.Key);
        return state.Phase switch
        {
            JobPhase.Failed or JobPhase.Cancelled when job.WillSubmit && !RepeatsByItself(state) => new JobEvent.RetryAsked(clock.Now),
            JobPhase.Screened when job.Action != PlanAction.Screened => new JobEvent.Cleared(clock.Now),
            // What an endpoint said is kept when a word of the manifest stops the job too: the word may go again.
            JobPhase.Planned or JobPhase.Screened when job.Action == PlanAction.Screened
                && (state.Phase == JobPhase.Planned || (job.IsModerated && !state.IsModerated)) =>
                new JobEvent.Screened(clock.Now, job.Why, job.IsModerated),
            JobPhase.Done when Missing(state) is { } reason => new JobEvent.Missing(clock.Now, state.Fence, reason),
            _ => null,
        };
    }

    bool RepeatsByItself(JobState state) =>
        JobLife.Decide(state, new Policy { Attempts = parts.Options.Attempts }, clock.Now) is NextStep.Submit;

    string? Missing(JobState state)
    {
        foreach (var file in state.Files)
        {
            var found = new FileInfo(parts.Folder.PathOf(file.Path));
            if (!found.Exists)
            {
                return $"`{file.Path}` is gone";
            }

            if (found.Length != file.Bytes)
            {
                return $"`{file.Path}` has {found.Length} bytes instead of {file.Bytes}";
            }
        }

        return null;
    }
}

/// <summary>What a run starts with.</summary>
sealed record Prepared(Dispatcher Dispatcher, IReadOnlyList<Work> Works, Organization? Account);
