using System.Globalization;
using BatchRunner.Jobs;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>What is learnt from seeing a task: how far it is, how long such tasks take, and how many slots there really are.</summary>
sealed class Observations(ModelLanes lanes, LearntDurations durations, StopRules rules)
{
    /// <summary>Takes in what a task was seen doing; <paramref name="before"/> is the job as it was believed to be.</summary>
    public void Take(Work work, TaskSnapshot seen, JobState before, DateTimeOffset now)
    {
        (work.Progress, work.Outputs) = (seen.Progress, seen.Outputs);
        var lane = lanes[work.Spec.Model];
        switch (seen.Status)
        {
            case TaskStatus.Throttled:
                if (lane.LowersBy(work))
                {
                    rules.Notes.Enqueue($"`{lane.Name}` has fewer free slots than expected: going on with "
                        + lane.Slots.ToString(CultureInfo.InvariantCulture));
                }

                break;
            case TaskStatus.Pending:
                work.IsThrottled = false;
                break;
            case TaskStatus.Running:
                work.IsThrottled = false;
                work.BegunAt ??= now;
                break;
            case TaskStatus.Succeeded when before.Phase == JobPhase.Submitted && work.BegunAt is { } begun:
                lane.CountClean();
                durations.Learn(DurationClass.Of(work.Spec), EndOf(work, begun, now) - begun);
                break;
            default:
                break;
        }
    }

    /// <summary>It ended somewhere between the last time it was seen alive and now.</summary>
    public static DateTimeOffset EndOf(Work work, DateTimeOffset begun, DateTimeOffset now)
    {
        var from = work.SeenAliveAt is { } alive && alive > begun ? alive : begun;
        return from + (now - from) / 2;
    }
}
