using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Jobs;

/// <summary>
/// The life of a job: <see cref="Apply"/> folds what happened, <see cref="Decide"/> names what to do next. Pure: no clock,
/// no disk, no network. Events that a state does not allow change nothing, so ends are sticky and repetitions harmless.
/// </summary>
static class JobLife
{
    public static JobState Apply(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Settled e => Settle(state, e),
        JobEvent.TaskFound e when e.Fence < state.Fence => FindEarlier(state, e),
        JobEvent.Moved e => state with { Files = [.. e.Files], IsSuperseded = e.IsSuperseded },
        JobEvent.Hinted e => state with { HintBefore = e.Before, HintAfter = e.After },
        JobEvent.Intended e => Intend(state, e),
        _ when happened.Fence != 0 && happened.Fence != state.Fence => state,
        _ => state.Phase switch
        {
            JobPhase.Planned or JobPhase.Screened => Before(state, happened),
            JobPhase.Intent => OnIntent(state, happened),
            JobPhase.Submitted => OnSubmitted(state, happened),
            JobPhase.Succeeded => OnSucceeded(state, happened),
            JobPhase.Done => OnDone(state, happened),
            JobPhase.Failed or JobPhase.Cancelled => OnEnded(state, happened),
            JobPhase.Unknown => OnUnknown(state, happened),
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
        Attempts = state.Attempts.Add(new Attempt
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

        // It was to be submitted again, and its task turns up before that: it is collected instead.
        JobEvent.TaskFound e when state.Current is { IsUnknown: true, Cost: null } =>
            Submit(Change(state, a => a with { EndedAt = null }), e.Task, e.At, null),
        _ => state,
    };

    static JobState OnIntent(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Submitted e => Submit(state, e.Task, e.At, e.Estimate),
        JobEvent.TaskFound e => Submit(state, e.Task, e.At, null),
        JobEvent.Refused => Drop(state) with { Phase = JobPhase.Planned },
        JobEvent.Failed e => Fail(state, e),
        JobEvent.Lost e => Change(state, a => a with { IsUnknown = true }) with { Phase = JobPhase.Unknown, Reason = e.Reason },
        _ => state,
    };

    static JobState OnSubmitted(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Seen e => See(state, e),
        JobEvent.Succeeded e => Change(End(state, e.At, e.Cost), a => a with { Ran = e.Ran }) with
        {
            Phase = JobPhase.Succeeded, LastSeen = TaskStatus.Succeeded,
        },
        JobEvent.Failed e => Fail(state, e),
        JobEvent.CancelAsked e when state.CancelAsked != e.Reason => state with { CancelAsked = e.Reason },
        JobEvent.Cancelled e when state.CancelAsked == CancelReason.QueueTimeout =>
            End(state, e.At, e.Cost) with { Phase = JobPhase.Planned, CancelAsked = null },
        JobEvent.Cancelled e => End(state, e.At, e.Cost) with { Phase = JobPhase.Cancelled },
        _ => state,
    };

    static JobState OnSucceeded(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.Saved e => state with { Phase = JobPhase.Done, Files = [.. e.Files], SavedAt = e.At, Reason = null },
        JobEvent.Failed e => Fail(state, e),
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

    static JobState OnUnknown(JobState state, JobEvent happened) => happened switch
    {
        JobEvent.TaskFound e => Submit(state, e.Task, e.At, null),
        JobEvent.NotCharged e => Change(state, a => a with { IsUnknown = false, Cost = 0, EndedAt = e.At }) with
        {
            Phase = JobPhase.Planned, Reason = null,
        },
        JobEvent.ResubmitAllowed e => Change(state, a => a with { EndedAt = e.At }) with
        {
            Phase = JobPhase.Planned, Reason = null, ForgivenTasks = state.Tasks,
        },
        _ => state,
    };

    static JobState Submit(JobState state, TaskId task, DateTimeOffset at, decimal? estimate) =>
        Change(state, a => Raise(a, estimate) with { Task = task, IsUnknown = false, SubmittedAt = at }) with
        {
            Phase = JobPhase.Submitted, Reason = null,
        };

    static JobState See(JobState state, JobEvent.Seen e) => Change(state, a => Raise(a, e.Estimate) with
    {
        PendingSince = e.Status switch
        {
            TaskStatus.Pending => a.PendingSince ?? e.At,
            TaskStatus.Throttled => null,
            _ => a.PendingSince,
        },
        RunningSince = e.Status == TaskStatus.Running ? a.RunningSince ?? e.At : a.RunningSince,
    }) with { LastSeen = e.Status };

    static JobState Fail(JobState state, JobEvent.Failed e) =>
        End(state, e.At, e.Cost) with { Phase = JobPhase.Failed, Failure = e.Failure, Reason = null };

    // A cost heard earlier is kept: outputs lost after success do not make the task free.
    static JobState End(JobState state, DateTimeOffset at, decimal? cost) =>
        Change(state, a => a with { EndedAt = a.EndedAt ?? at, Cost = cost ?? a.Cost });

    static JobState Settle(JobState state, JobEvent.Settled e)
    {
        var index = IndexOf(state, e.Fence);
        return index < 0 || state.Attempts[index].Cost is not null
            ? state
            : state with { Attempts = state.Attempts.SetItem(index, state.Attempts[index] with { Cost = e.Cost }) };
    }

    // The task of a create that was given up on: it changes nothing but what is known of its cost.
    static JobState FindEarlier(JobState state, JobEvent.TaskFound e)
    {
        var index = IndexOf(state, e.Fence);
        return index >= 0 && state.Attempts[index] is { IsUnknown: true, Cost: null } lost
            ? state with { Attempts = state.Attempts.SetItem(index, lost with { Task = e.Task, IsUnknown = false }) }
            : state;
    }

    static JobState Drop(JobState state) => state with { Attempts = state.Attempts.RemoveAt(state.Attempts.Length - 1) };

    static JobState Change(JobState state, Func<Attempt, Attempt> change) =>
        IndexOf(state, state.Fence) is var index and >= 0
            ? state with { Attempts = state.Attempts.SetItem(index, change(state.Attempts[index])) }
            : state;

    static int IndexOf(JobState state, int fence)
    {
        for (var i = state.Attempts.Length - 1; i >= 0; i--)
        {
            if (state.Attempts[i].Number == fence)
            {
                return i;
            }
        }

        return -1;
    }

    static Attempt Raise(Attempt attempt, decimal? estimate) =>
        estimate > attempt.Reserved ? attempt with { Reserved = estimate.Value } : attempt;
}
