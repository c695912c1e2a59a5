using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Steps;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Settling;

/// <summary>
/// Cancels tasks because a person wants it. A DELETE also removes a finished task's outputs, so the task is asked for
/// first, and that the DELETE leaves is on the disk before it does.
/// </summary>
sealed class Canceller(IJobStore store, IRunway runway, TimeProvider time)
{
    const int Confirmations = 3;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>One job's task. Throws only when drained before anything was told to Runway, or when aborted.</summary>
    public async Task<Cancellation> Cancel(JobKey key, RunSignals signals)
    {
        var state = store.Get(key);
        if (state is not { Phase: JobPhase.Submitted, Task: { } task })
        {
            return new Cancellation.NotRunning(state);
        }

        switch (await runway.Get(task, signals.Drain))
        {
            case TaskAnswer.Found { Task: { Status: TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled } ended }:
                return await Save(key, TaskEvents.Of(state, ended, time.GetUtcNow()));
            case TaskAnswer.Found or TaskAnswer.Gone:
                return await Delete(key, state, task, signals.Abort);
            case TaskAnswer.KeyRefused refused:
                return new Cancellation.KeyRefused(refused.Message);
            case TaskAnswer.Trouble trouble:
                return new Cancellation.Trouble(state, trouble.Reason);
            case var other:
                throw new InvalidOperationException($"no such answer: {other}");
        }
    }

    async Task<Cancellation> Delete(JobKey key, JobState state, TaskId task, CancellationToken abort)
    {
        var asked = new JobEvent.CancelAsked(time.GetUtcNow(), state.Fence, CancelReason.User);
        if (await store.Append(key, asked, CancellationToken.None) is AppendAnswer.DiskFailed failed)
        {
            return new Cancellation.DiskFailed(failed.Reason);
        }

        var reason = await runway.Delete(task, abort) switch
        {
            DeleteAnswer.KeyRefused refused => refused.Message,
            DeleteAnswer.Trouble trouble => trouble.Reason,
            _ => null,
        };
        return await Confirm(key, task, reason, abort);
    }

    // The answer to a DELETE says that it was heard; that the task is over is what the task says, or its absence.
    async Task<Cancellation> Confirm(JobKey key, TaskId task, string? reason, CancellationToken abort)
    {
        for (var asked = 1; ; asked++)
        {
            switch (await runway.Get(task, abort))
            {
                case TaskAnswer.Found { Task: { Status: TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled } ended }:
                    return await Save(key, TaskEvents.Of(store.Get(key), ended, time.GetUtcNow()));
                case TaskAnswer.Gone:
                    return await Save(key, new JobEvent.Cancelled(time.GetUtcNow(), store.Get(key).Fence, null));
                case TaskAnswer.KeyRefused refused:
                    return new Cancellation.KeyRefused(refused.Message);
                case TaskAnswer.Found found:
                    reason ??= $"the task is still `{found.Task.StatusWord}`";
                    break;
                case TaskAnswer.Trouble trouble:
                    reason ??= trouble.Reason;
                    break;
                case var other:
                    throw new InvalidOperationException($"no such answer: {other}");
            }

            if (asked == Confirmations)
            {
                return new Cancellation.Unconfirmed(store.Get(key), reason);
            }

            await Task.Delay(Pause, time, abort);
        }
    }

    async Task<Cancellation> Save(JobKey key, JobEvent? ended) =>
        (ended is null ? new AppendAnswer.Ignored(store.Get(key)) : await store.Append(key, ended, CancellationToken.None)) switch
        {
            AppendAnswer.DiskFailed failed => new Cancellation.DiskFailed(failed.Reason),
            _ when store.Get(key) is var state => state.Phase == JobPhase.Cancelled
                ? new Cancellation.Cancelled(state)
                : new Cancellation.Ended(state),
            var other => throw new InvalidOperationException($"no such answer: {other}"),
        };
}
