using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Steps;

/// <summary>Asks for a job's task and records what it says. Cancels it only where the user consented, and only if it still waits.</summary>
sealed class AskStep(IJobStore store, IRunway runway, RunClock clock)
{
    // What is really gone stays gone; one answer may be a mistake of a server that is starting.
    const int GoneForGood = 3;

    /// <param name="work">The job.</param>
    /// <param name="mayWithdraw">It has waited in the queue for longer than the user wants.</param>
    /// <param name="times">What is believed of its task.</param>
    /// <param name="cancel">Leaves it as it is.</param>
    public async Task<Fact> Take(Work work, bool mayWithdraw, TaskTimes times, CancellationToken cancel)
    {
        if (work.State.Task is not { } task)
        {
            return new Fact.Moved(work, store.Get(work.Key));
        }

        var answer = await runway.Get(task, cancel);
        var reason = work.State.CancelAsked ?? (mayWithdraw ? CancelReason.QueueTimeout : null);
        return reason is { } why && answer is TaskAnswer.Found found && MayCancel(found.Task.Status, why)
            ? await Withdraw(work, found.Task, why, times, cancel)
            : await Record(work, answer, times, cancel);
    }

    /// <summary>The user wants the task cancelled. What has succeeded meanwhile is recorded instead, and can be downloaded.</summary>
    public async Task<Fact> Cancel(Work work, CancellationToken cancel)
    {
        var asked = await store.Append(
            work.Key, new JobEvent.CancelAsked(clock.Now, work.State.Fence, CancelReason.User), cancel);
        if (asked is not (AppendAnswer.Appended or AppendAnswer.Ignored))
        {
            return Outcome.Of(work, asked);
        }

        work.State = store.Get(work.Key);
        return await Take(work, mayWithdraw: false, default, cancel);
    }

    // Who gave up the queue gave up nothing that has begun to run; who cancels, cancels whatever has not ended.
    static bool MayCancel(TaskStatus status, CancelReason why) => why == CancelReason.QueueTimeout
        ? status == TaskStatus.Pending
        : status is not (TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled);

    async Task<Fact> Withdraw(Work work, TaskSnapshot waiting, CancelReason why, TaskTimes times, CancellationToken cancel)
    {
        var asked = await store.Append(
            work.Key, new JobEvent.CancelAsked(clock.Now, work.State.Fence, why), cancel);
        var state = asked switch
        {
            AppendAnswer.Appended appended => appended.State,
            AppendAnswer.Ignored ignored => ignored.State,
            _ => null,
        };
        if (state is null)
        {
            return Outcome.Of(work, asked);
        }

        switch (await runway.Delete(waiting.Id, cancel))
        {
            case DeleteAnswer.KeyRefused refused:
                return new Fact.KeyRefused(work, state, refused.Message);
            case DeleteAnswer.Trouble trouble:
                return new Fact.Trouble(work, state, trouble.Reason, null);
            default:
                // Confirmed by asking, and the cost may be told there.
                work.State = state;
                return await Record(work, await runway.Get(waiting.Id, cancel), times, cancel);
        }
    }

    async Task<Fact> Record(Work work, TaskAnswer answer, TaskTimes times, CancellationToken cancel)
    {
        switch (answer)
        {
            case TaskAnswer.Found { Task: { Status: TaskStatus.Succeeded, Outputs.Count: 0 } } when work.Pursuit.SenselessCount + 1 < GoneForGood:
                return new Fact.Trouble(work, work.State, "its task has succeeded and names no output", null) { IsSenseless = true };
            case TaskAnswer.Found found:
                return TaskEvents.Of(work.State, found.Task, clock.Now, times.Ran(clock.Now)) is { } happened
                    ? Outcome.Of(work, await store.Append(work.Key, happened, cancel), found.Task)
                    : new Fact.Moved(work, work.State) { Seen = found.Task };
            case TaskAnswer.Gone when work.State.CancelAsked is not null:
                return Outcome.Of(
                    work, await store.Append(work.Key, new JobEvent.Cancelled(clock.Now, work.State.Fence, null), cancel));
            case TaskAnswer.Gone when work.Pursuit.GoneCount + 1 >= GoneForGood:
                return Outcome.Of(work, await store.Append(work.Key, TaskEvents.Lost(work.State, clock.Now, "task not found"), cancel));
            case TaskAnswer.Gone:
                return new Fact.Gone(work, work.State);
            case TaskAnswer.KeyRefused refused:
                return new Fact.KeyRefused(work, work.State, refused.Message);
            case TaskAnswer.Trouble trouble:
                return new Fact.Trouble(work, work.State, trouble.Reason, trouble.RetryAfter) { IsSenseless = trouble.IsSenseless };
            default:
                throw new InvalidOperationException($"no such answer: {answer}");
        }
    }
}
