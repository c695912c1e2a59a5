using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.Scheduling.Steps;

namespace BatchRunner.Scheduling.Settling;

/// <summary>Cancels a task because a person wants it, and waits a little for Runway to confirm it.</summary>
sealed class Canceller(IJobStore store, IRunway runway, TimeProvider time)
{
    const int Tries = 3;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly AskStep ask = new(store, runway, new RunClock(time));

    /// <summary>
    /// One job's task. That it is wanted is on the disk before anything is sent, so a run goes on where this is cut off.
    /// </summary>
    public async Task<Cancellation> Cancel(JobSpec job, CancellationToken cancel)
    {
        var work = new Work(job, store.Get(job.Key));
        if (work.State.Phase != JobPhase.Submitted)
        {
            return new Cancellation.NotRunning(work.State);
        }

        for (var tried = 1; ; tried++)
        {
            var fact = await ask.Cancel(work, cancel);
            work.State = store.Get(job.Key);
            switch (fact)
            {
                case Fact.DiskFailed failed:
                    return new Cancellation.DiskFailed(failed.Reason);
                case Fact.KeyRefused refused:
                    return new Cancellation.KeyRefused(refused.Message);
                case { State.Phase: JobPhase.Cancelled }:
                    return new Cancellation.Cancelled(work.State);
                case { State.Phase: not JobPhase.Submitted }:
                    return new Cancellation.Ended(work.State);
                case var open when tried == Tries:
                    return new Cancellation.Unconfirmed(work.State, ReasonOf(open));
                default:
                    await Task.Delay(Pause, time, cancel);
                    break;
            }
        }
    }

    static string ReasonOf(Fact open) => open switch
    {
        Fact.Trouble trouble => trouble.Reason,
        Fact.Moved { Seen: { } task } => $"the task is still `{task.StatusWord}`",
        _ => "its end was not seen",
    };
}
