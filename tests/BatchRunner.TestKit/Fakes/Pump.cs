using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;

namespace BatchRunner.TestKit.Fakes;

/// <summary>Moves a manual clock while something waits on it.</summary>
static class Pump
{
    /// <summary>
    /// Moves the clock from timer to timer until the task ends. Work that is under way may see time pass; nothing in the
    /// engine may depend on how fast its own steps are.
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <param name="task">What waits on it.</param>
    /// <param name="isBusy">Something is under way that no clock ends: time stands still meanwhile, as on a fast machine.</param>
    public static async Task<T> RunUntilEnd<T>(this ManualClock clock, Task<T> task, Func<bool>? isBusy = null)
    {
        var idle = 0;
        while (!task.IsCompleted)
        {
            await Task.Yield();

            // A worker that has taken its work and lost its core is in no queue: let it have this one.
            Thread.Yield();
            idle = isBusy?.Invoke() == true || ThreadPool.PendingWorkItemCount > 0 ? 0 : idle + 1;
            if (idle > 50 && clock.Next is { } next)
            {
                idle = 0;
                var wait = next - clock.GetUtcNow();
                clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            }
        }

        return await task;
    }
}

/// <summary>A store that knows whether it is being written to.</summary>
sealed class WatchedStore(IJobStore store) : IJobStore
{
    int under;

    public bool IsBusy => Volatile.Read(ref under) > 0;

    public JournalContents Contents => store.Contents;

    public (decimal Spent, decimal Reserved) Money => store.Money;

    public JobState Get(JobKey key) => store.Get(key);

    public JobSpec? OwnerOf(TaskId task) => store.OwnerOf(task);

    public ValueTask<AppendAnswer> RecordPlan(IEnumerable<JobSpec> jobs, CancellationToken cancel) =>
        Watch(() => store.RecordPlan(jobs, cancel));

    public ValueTask<AppendAnswer> RecordRetake(JobKey key, int take, CancellationToken cancel) =>
        Watch(() => store.RecordRetake(key, take, cancel));

    public ValueTask<AppendAnswer> RecordOrigin(RunOrigin origin, CancellationToken cancel) =>
        Watch(() => store.RecordOrigin(origin, cancel));

    public ValueTask<SubmitGrant> BeginSubmit(JobKey key, SubmitTerms terms, CancellationToken cancel) =>
        Watch(() => store.BeginSubmit(key, terms, cancel));

    public ValueTask<AppendAnswer> Append(JobKey key, JobEvent happened, CancellationToken cancel) =>
        Watch(() => store.Append(key, happened, cancel));

    async ValueTask<T> Watch<T>(Func<ValueTask<T>> step)
    {
        Interlocked.Increment(ref under);
        try
        {
            return await step();
        }
        finally
        {
            Interlocked.Decrement(ref under);
        }
    }
}
