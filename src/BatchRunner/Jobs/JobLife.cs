using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Jobs;

/// <summary>
/// The life of a job: <see cref="Apply"/> folds what happened, <see cref="Decide"/> names what to do next. Pure: no clock,
/// no disk, no network. Events that a state does not allow change nothing, so ends are sticky and repetitions harmless.
/// </summary>
static class JobLife
{
    public static JobState Apply(JobState state, JobEvent happened) => CollectFound(happened.At, Fold(state, happened));

    static JobState Fold(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Settled e => Settle(state, e),
        JobEvent.TaskFound e when e.Fence != state.Fence || state.Phase is not (JobPhase.Intent or JobPhase.Unknown) => FindEarlier(state, e),
        JobEvent.Moved e => state with { Files = [.. e.Files], IsSuperseded = e.IsSuperseded },
        JobEvent.Hinted e => state with { HintBefore = e.Before, HintAfter = e.After },
        JobEvent.Intended e => Intend(state, e),
        _ when happened.Fence != 0 && happened.Fence != state.Fence => state,
        _ => state.Phase switch
        {
            JobPhase.Planned or JobPhase.Screened => Before(state, happened),
            JobPhase.Done => OnDone(state, happened),
            JobPhase.Failed or JobPhase.Cancelled => OnEnded(state, happened),
            JobPhase.Intent when state.Current is { } now => OnIntent(state, now, happened),
            JobPhase.Submitted when state.Current is { } now => OnSubmitted(state, now, happened),
            JobPhase.Succeeded when state.Current is { } now => OnSucceeded(state, now, happened),
            JobPhase.Unknown when state.Current is { } now => OnUnknown(state, now, happened),
            _ => state,
        },
    };

    public static NextStep Decide(JobState state, Policy policy, DateTimeOffset now) => state.Phase switch
    {
        JobPhase.Planned => new NextStep.Submit(RetryAt(state, policy)),
        JobPhase.Intent => new NextStep.Hold(HoldReason.CreateOnTheWay),
        JobPhase.Submitted => Wait(state, policy, now),
        JobPhase.Succeeded => new NextStep.Download(),
        JobPhase.Failed when MayRepeat(state, policy) => new NextStep.Submit(RetryAt(state, policy)),
        JobPhase.Unknown => new NextStep.Hold(HoldReason.Unknown),
        _ => new NextStep.Finish(),
    };

    static NextStep Wait(JobState state, Policy policy, DateTimeOffset now)
    {
        if (state.CancelAsked is not null || state.Current is not { } attempt)
        {
            return new NextStep.Poll();
        }

        // Counted from this run's start at the earliest: a clock that jumped between two runs must not delete a task.
        if (state.LastSeen == TaskStatus.Pending && policy.QueueTimeout is { } queue
            && attempt.PendingSince is { } pending && now - Later(pending, policy.RunStart) >= queue
            && state.Tasks - state.ForgivenTasks < 2)
        {
            return new NextStep.Withdraw();
        }

        return state.LastSeen == TaskStatus.Running
            && attempt.RunningSince is { } running && now - Later(running, policy.RunStart) >= policy.RunningTimeout
            ? new NextStep.Hold(HoldReason.RunsTooLong)
            : new NextStep.Poll();
    }

    static bool MayRepeat(JobState state, Policy policy) =>
        state is { Failure.MayRepeat: true, Current.Cost: 0 } && state.Tasks - state.ForgivenTasks < policy.Attempts;

    // A failed attempt is given time: what broke it at Runway is seldom mended within seconds.
    static DateTimeOffset? RetryAt(JobState state, Policy policy) =>
        state is { Phase: JobPhase.Failed, Current.EndedAt: { } ended }
            ? Later(ended, policy.RunStart) + policy.RetryDelay
            : null;

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    // Whether the state allows it was settled by the store before it was written; a journal is believed.
    static JobState Intend(JobState state, JobEvent.Intended e) => e.Fence != state.Fence + 1 ? state : state with
    {
        Phase = JobPhase.Intent,
        Fence = e.Fence,
        Attempts = state.Attempts.With(new Attempt
        {
            Number = e.Fence, IntendedAt = e.At, Reserved = e.Reserved, Price = e.Reserved, Catalogue = e.Catalogue,
        }),
        LastSeen = TaskStatus.Other,
        CancelAsked = null,
        Failure = null,
        Reason = null,
        HintBefore = null,
        HintAfter = null,
    };

    static JobState Before(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Failed e => state with { Phase = JobPhase.Failed, Failure = e.Failure },
        JobEvent.Screened e => state with { Phase = JobPhase.Screened, Reason = e.Rule, IsModerated = e.IsModerated },
        JobEvent.Cleared => state with { Phase = JobPhase.Planned, Reason = null, IsModerated = false },
        _ => state,
    };

    static JobState OnIntent(JobState state, Attempt now, JobEvent happened) => happened switch
    {
        JobEvent.Submitted e => Submit(state, now, e.Task, e.At, e.Estimate),
        JobEvent.TaskFound e => Submit(state, now, e.Task, e.At, null),
        JobEvent.Refused => state with { Phase = JobPhase.Planned, Attempts = state.Attempts.WithoutLast() },
        JobEvent.Failed e => Fail(state, now, e),
        JobEvent.Lost e => state with
        {
            Phase = JobPhase.Unknown, Reason = e.Reason, Attempts = state.Attempts.WithLast(now with { IsUnknown = true }),
        },
        _ => state,
    };

    static JobState OnSubmitted(JobState state, Attempt now, JobEvent happened) => happened switch
    {
        JobEvent.Seen e => See(state, now, e),
        JobEvent.Succeeded e => state with
        {
            Phase = JobPhase.Succeeded, LastSeen = TaskStatus.Succeeded,
            Attempts = state.Attempts.WithLast(Ended(now, e.At, e.Cost, e.Ran)),
        },
        JobEvent.Failed e => Fail(state, now, e),
        JobEvent.CancelAsked e when state.CancelAsked != e.Reason => state with { CancelAsked = e.Reason },
        JobEvent.Cancelled e when state.CancelAsked == CancelReason.QueueTimeout => state with
        {
            Phase = JobPhase.Planned, CancelAsked = null, Attempts = state.Attempts.WithLast(Ended(now, e.At, e.Cost)),
        },
        JobEvent.Cancelled e => state with
        {
            Phase = JobPhase.Cancelled, Attempts = state.Attempts.WithLast(Ended(now, e.At, e.Cost)),
        },
        _ => state,
    };

    static JobState OnSucceeded(JobState state, Attempt now, JobEvent happened) => happened switch
    {
        JobEvent.Saved e => state with { Phase = JobPhase.Done, Files = [.. e.Files], SavedAt = e.At, Reason = null },
        JobEvent.Failed e => Fail(state, now, e),
        _ => state,
    };

    static JobState OnDone(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Missing e => state with { Phase = JobPhase.Succeeded, Files = [], SavedAt = null, Reason = e.Reason },
        _ => state,
    };

    static JobState OnEnded(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.RetryAsked => state with { Phase = JobPhase.Planned, Failure = null, ForgivenTasks = state.Tasks },
        _ => state,
    };

    static JobState OnUnknown(JobState state, Attempt now, JobEvent happened) => happened switch
    {
        JobEvent.TaskFound e => Submit(state, now, e.Task, e.At, null),
        JobEvent.NotCharged e => state with
        {
            Phase = JobPhase.Planned, Reason = null,
            Attempts = state.Attempts.WithLast(now with { IsUnknown = false, Cost = 0, EndedAt = e.At }),
        },
        JobEvent.ResubmitAllowed e => state with
        {
            Phase = JobPhase.Planned, Reason = null, ForgivenTasks = state.Tasks,
            Attempts = state.Attempts.WithLast(now with { EndedAt = e.At }),
        },
        _ => state,
    };

    static JobState Submit(JobState state, Attempt now, TaskId task, DateTimeOffset at, decimal? estimate) => state with
    {
        Phase = JobPhase.Submitted, Reason = null,
        Attempts = state.Attempts.WithLast(now with
        {
            Task = task, IsUnknown = false, SubmittedAt = at, Reserved = Raised(now, estimate),
        }),
    };

    static JobState See(JobState state, Attempt now, JobEvent.Seen e) => state with
    {
        LastSeen = e.Status,
        Attempts = state.Attempts.WithLast(now with
        {
            Reserved = Raised(now, e.Estimate),
            PendingSince = e.Status switch
            {
                TaskStatus.Pending => now.PendingSince ?? e.At,
                TaskStatus.Throttled => null,
                _ => now.PendingSince,
            },
            RunningSince = e.Status == TaskStatus.Running ? now.RunningSince ?? e.At : now.RunningSince,
        }),
    };

    static JobState Fail(JobState state, Attempt now, JobEvent.Failed e) => state with
    {
        Phase = JobPhase.Failed, Failure = e.Failure, Reason = null, Attempts = state.Attempts.WithLast(Ended(now, e.At, e.Cost)),
    };

    // A cost heard earlier is kept: outputs lost after success do not make the task free.
    static Attempt Ended(Attempt now, DateTimeOffset at, decimal? cost, TimeSpan? ran = null) =>
        now with { EndedAt = now.EndedAt ?? at, Cost = cost ?? now.Cost, Ran = ran ?? now.Ran };

    // The task of a create that was given up on: its cost is what matters while another is under way, or done.
    static JobState FindEarlier(JobState state, JobEvent.TaskFound e) =>
        state.Attempts.Any(attempt => attempt.Number == e.Fence && attempt is { IsUnknown: true, Cost: null })
            ? state with
            {
                Attempts = [.. state.Attempts.Select(a => a.Number == e.Fence ? a with { Task = e.Task, IsUnknown = false } : a)],
            }
            : state;

    // A task that was found and nobody has followed may be paid for. A job that has nothing under way, and would or could be
    // submitted again, collects it first: as a new attempt, but without a create.
    static JobState CollectFound(DateTimeOffset at, JobState state) =>
        state.Phase is JobPhase.Planned or JobPhase.Failed
        && state.Attempts.LastOrDefault(attempt => attempt is { Task: not null, SubmittedAt: null } && attempt.Cost != 0) is { } found
            ? state with
            {
                Phase = JobPhase.Submitted,
                Fence = state.Fence + 1,
                LastSeen = TaskStatus.Other,
                CancelAsked = null,
                Failure = null,
                Reason = null,
                Attempts =
                [
                    .. state.Attempts.Where(attempt => attempt.Number != found.Number),
                    found with { Number = state.Fence + 1, SubmittedAt = at, EndedAt = null },
                ],
            }
            : state;

    static JobState Settle(JobState state, JobEvent.Settled e) =>
        state.Attempts.Any(attempt => attempt.Number == e.Fence && attempt.Cost is null)
            ? state with { Attempts = [.. state.Attempts.Select(a => a.Number == e.Fence ? a with { Cost = e.Cost } : a)] }
            : state;

    static decimal Raised(Attempt now, decimal? estimate) => estimate > now.Reserved ? estimate.Value : now.Reserved;
}
