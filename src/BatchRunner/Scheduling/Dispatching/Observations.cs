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
        (work.Pursuit.Progress, work.Pursuit.Outputs) = (seen.Progress, seen.Outputs);
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
                work.Pursuit.IsThrottled = false;
                break;
            case TaskStatus.Running:
                work.Pursuit.IsThrottled = false;
                work.Pursuit.BegunAt ??= now;
                break;
            case TaskStatus.Succeeded when before.Phase == JobPhase.Submitted && work.Pursuit.BegunAt is not null:
                lane.CountClean();
                if (work.Times.Ran(now) is { } ran)
                {
                    durations.Learn(DurationClass.Of(work.Spec), ran);
                }

                break;
            default:
                break;
        }
    }
}
