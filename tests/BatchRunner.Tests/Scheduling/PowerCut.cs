using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;

namespace BatchRunner.Tests.Scheduling;

/// <summary>The machine goes dark when the store has taken so many facts: nothing after that happens, or is heard of.</summary>
sealed class PowerCut(IJobStore store, int after, bool isBeforeWrite) : IJobStore
{
    int taken;

    /// <summary>It never came to it.</summary>
    public bool HasLight => taken < after;

    public JournalContents Contents => store.Contents;

    public (decimal Spent, decimal Reserved) Money => store.Money;

    public JobState Get(JobKey key) => store.Get(key);

    public JobSpec? OwnerOf(TaskId task) => store.OwnerOf(task);

    public async ValueTask<AppendAnswer> RecordPlan(IEnumerable<JobSpec> jobs, CancellationToken cancel) =>
        await Take(() => store.RecordPlan(jobs, cancel));

    public async ValueTask<AppendAnswer> RecordOrigin(RunOrigin origin, CancellationToken cancel) =>
        await Take(() => store.RecordOrigin(origin, cancel));

    public async ValueTask<AppendAnswer> RecordRetake(JobKey key, int take, CancellationToken cancel) =>
        await Take(() => store.RecordRetake(key, take, cancel));

    public async ValueTask<SubmitGrant> BeginSubmit(JobKey key, SubmitTerms terms, CancellationToken cancel) =>
        await Take(() => store.BeginSubmit(key, terms, cancel));

    public async ValueTask<AppendAnswer> Append(JobKey key, JobEvent happened, CancellationToken cancel) =>
        await Take(() => store.Append(key, happened, cancel));

    async ValueTask<T> Take<T>(Func<ValueTask<T>> step)
    {
        var number = Interlocked.Increment(ref taken);
        if (number > after || (number == after && isBeforeWrite))
        {
            throw new PowerCutException();
        }

        var answer = await step();
        return number == after ? throw new PowerCutException() : answer;
    }
}

/// <summary>Darkness.</summary>
sealed class PowerCutException() : Exception("power cut");
