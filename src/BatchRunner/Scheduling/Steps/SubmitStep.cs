using BatchRunner.Downloads;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;

namespace BatchRunner.Scheduling.Steps;

/// <summary>
/// The one place where money is spent. The intent is on the disk before the create leaves, and the task's id before
/// anything else happens; what can't be saved is told and put in a second place.
/// </summary>
sealed class SubmitStep(IJobStore store, IRunway runway, IDownloads downloads, RunClock clock, RunOptions options)
{
    /// <summary>What the account said when the run began: the "before" of hints.</summary>
    public Organization? Account { get; set; }

    /// <summary>The day of the catalogue that says the prices.</summary>
    public DateOnly? Catalogue { get; init; }

    public async Task<Fact> Take(
        Order.Submit order, long bytesComing, ReadOnlyMemory<byte> body, Policy policy, CancellationToken cancel)
    {
        var (work, spec) = (order.Work, order.Work.Spec);
        var terms = new SubmitTerms(spec.EstimatedCredits ?? 0, options.MaxCredits, order.MaxAlive, policy, clock.Now, Catalogue);
        if (options.MaxCredits is not null && spec.EstimatedCredits is null)
        {
            return new Fact.NotSubmitted(
                work, work.State, Obstacle.Budget, $"`{spec.Id}` has no price, so `max_credits` can't be kept; nothing was sent", null);
        }

        if (downloads.FreeBytes() is { } free && DiskRoom.NeededFor(bytesComing + order.Bytes) is var needed && free < needed)
        {
            return new Fact.NotSubmitted(work, work.State, Obstacle.NoRoom, NoRoom(spec, free, needed), null);
        }

        var grant = await store.BeginSubmit(spec.Key, terms, CancellationToken.None);
        return grant is SubmitGrant.Granted granted
            ? await Create(work, granted, body, cancel)
            : Denied(work, grant);
    }

    async Task<Fact> Create(Work work, SubmitGrant.Granted granted, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        CreateAnswer answer;
        try
        {
            answer = await runway.Create(work.Spec.Endpoint, body, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            answer = new CreateAnswer.Lost("the run was stopped before the answer came");
        }

        return answer switch
        {
            CreateAnswer.Accepted accepted => await Accept(work, granted, accepted, cancel),
            CreateAnswer.Refused refused => await Refuse(work, granted, refused),
            CreateAnswer.Lost lost => await Lose(work, granted, lost.Reason, cancel),
            _ => throw new InvalidOperationException($"no such answer: {answer}"),
        };
    }

    async Task<Fact> Accept(
        Work work, SubmitGrant.Granted granted, CreateAnswer.Accepted accepted, CancellationToken cancel)
    {
        var submitted = new JobEvent.Submitted(clock.Now, granted.Fence, accepted.Task, accepted.EstimatedCredits);
        if (store.OwnerOf(accepted.Task) is { } owner)
        {
            // Two jobs can't have one task: whose it is, and whether another was made, nobody can tell.
            return await Lose(
                work,
                granted,
                $"Runway answered with task {accepted.Task}, which is "
                    + (owner.Key == work.Key ? "that of an earlier attempt" : $"the task of job `{owner.Id}`"),
                cancel);
        }

        var saved = await store.Append(work.Key, submitted, CancellationToken.None);
        if (saved is AppendAnswer.DiskFailed failed)
        {
            return new Fact.DiskFailed(
                work,
                granted.State,
                $"the journal can't be written: {failed.Reason}; job `{work.Spec.Id}` has task {accepted.Task}");
        }

        return Outcome.Of(work, saved);
    }

    async Task<Fact> Refuse(Work work, SubmitGrant.Granted granted, CreateAnswer.Refused refused)
    {
        if (refused.Kind == RefusalKind.BadRequest)
        {
            var why = FailureClasses.BadRequest;
            var failure = new JobFailure(null, why.Name, why.MayRepeat, refused.Message);
            return Outcome.Of(
                work,
                await store.Append(
                    work.Key, new JobEvent.Failed(clock.Now, granted.Fence, failure, 0), CancellationToken.None));
        }

        var saved = await store.Append(
            work.Key, new JobEvent.Refused(clock.Now, granted.Fence, refused.Message), CancellationToken.None);
        return saved is AppendAnswer.Appended appended
            ? new Fact.NotSubmitted(work, appended.State, ObstacleOf(refused.Kind), refused.Message, refused.RetryAfter)
            : Outcome.Of(work, saved);
    }

    async Task<Fact> Lose(Work work, SubmitGrant.Granted granted, string reason, CancellationToken cancel)
    {
        var saved = await store.Append(
            work.Key, new JobEvent.Lost(clock.Now, granted.Fence, reason), CancellationToken.None);
        if (saved is AppendAnswer.Appended && Account is { } before && !cancel.IsCancellationRequested)
        {
            saved = await Hint(work, granted.Fence, before, cancel) ?? saved;
        }

        return Outcome.Of(work, saved);
    }

    // Balance and daily count are all that is left of a lost create: a hint for the person who must decide.
    async Task<AppendAnswer?> Hint(Work work, int fence, Organization before, CancellationToken cancel)
    {
        try
        {
            if (await runway.GetOrganization(cancel) is not OrganizationAnswer.Found { Organization: var after })
            {
                return null;
            }

            Account = after;
            return await store.Append(
                work.Key,
                new JobEvent.Hinted(clock.Now, fence, HintOf(before, work.Spec.Model), HintOf(after, work.Spec.Model)),
                CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The run is stopping; that the job is unknown is on the disk.
            return null;
        }
    }

    static AccountHint HintOf(Organization account, string model) =>
        new(account.CreditBalance, account.Models.TryGetValue(model, out var allowance) ? allowance.DailyUsed : 0);

    static string NoRoom(JobSpec spec, long free, long needed) =>
        $"the disk of the run's folder has {DiskRoom.Words(free)} free, and with `{spec.Id}` what is to come may need "
            + $"{DiskRoom.Words(needed)}; it was not submitted";

    static Fact Denied(Work work, SubmitGrant grant) => grant switch
    {
        SubmitGrant.NotReady other => new Fact.NotSubmitted(work, other.State, Obstacle.NotReady, "it is no longer to be submitted", null),
        SubmitGrant.Full => new Fact.NotSubmitted(work, work.State, Obstacle.Full, "no slot is free", null),
        SubmitGrant.OverBudget over => new Fact.NotSubmitted(
            work,
            work.State,
            Obstacle.Budget,
            $"`{work.Spec.Id}` would cost {over.Price:0.##} credits; {over.Spent:0.##} are spent and {over.Reserved:0.##} reserved, "
                + $"and `max_credits` is {over.MaxCredits:0.##}; it was not submitted",
            null),
        SubmitGrant.DiskFailed failed =>
            new Fact.DiskFailed(work, work.State, $"the journal can't be written: {failed.Reason}; nothing more is submitted"),
        _ => throw new InvalidOperationException($"no such answer: {grant}"),
    };

    static Obstacle ObstacleOf(RefusalKind kind) => kind switch
    {
        RefusalKind.TooMany => Obstacle.TooMany,
        RefusalKind.DailyCap => Obstacle.DailyCap,
        RefusalKind.Overloaded => Obstacle.Overloaded,
        RefusalKind.NoCredits => Obstacle.NoCredits,
        RefusalKind.KeyRefused => Obstacle.KeyRefused,
        _ => Obstacle.NotSent,
    };
}
