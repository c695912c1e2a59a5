using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Settling;

/// <summary>
/// Asks once more for tasks that have ended without telling their cost: what nobody has told stays reserved, and a word that
/// comes later gives it back.
/// </summary>
sealed class CostAsking(IJobStore store, IRunway runway, RunClock clock)
{
    // Most are gone for good: a run does not begin by asking for a thousand of them.
    const int Most = 20;

    /// <summary>The newest of them, each once; ends where Runway can't be asked. Why it could not be saved, or null.</summary>
    public async Task<string?> Ask(CancellationToken cancel)
    {
        var untold =
            (from job in store.Contents.Jobs
             from attempt in job.State.Attempts
             where attempt is { Task: not null, EndedAt: not null, Cost: null }
             orderby attempt.EndedAt descending
             select (job.Key, attempt)).Take(Most);
        foreach (var (key, attempt) in untold)
        {
            switch (await runway.Get(attempt.Task.GetValueOrDefault(), cancel))
            {
                case TaskAnswer.Found { Task: { CostCredits: { } cost, Status: TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled } }:
                    if (await store.Append(key, new JobEvent.Settled(clock.Now, attempt.Number, cost), CancellationToken.None)
                        is AppendAnswer.DiskFailed failed)
                    {
                        return $"the journal can't be written: {failed.Reason}";
                    }

                    break;
                case TaskAnswer.Found or TaskAnswer.Gone:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
