using BatchRunner.Jobs;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Steps;

/// <summary>What a task, as the API shows it, means for its job.</summary>
static class TaskEvents
{
    /// <summary>The event to record, or null if it says nothing new.</summary>
    /// <param name="state">The job as it is known.</param>
    /// <param name="task">Its task as it was seen.</param>
    /// <param name="now">When it was seen.</param>
    /// <param name="ran">How long it ran if it has ended now, or null if nobody can tell.</param>
    public static JobEvent? Of(JobState state, TaskSnapshot task, DateTimeOffset now, TimeSpan? ran)
    {
        var fence = state.Fence;
        return task.Status switch
        {
            TaskStatus.Succeeded when task.Outputs.Count == 0 =>
                Failed(FailureClasses.EmptyOutput, null, "the task has no output"),
            TaskStatus.Succeeded => new JobEvent.Succeeded(now, fence, task.CostCredits) { Ran = ran },
            TaskStatus.Failed => Failed(
                FailureClasses.Of(task.FailureCode), task.FailureCode, task.Failure ?? "Runway gave no reason"),
            TaskStatus.Cancelled => new JobEvent.Cancelled(now, fence, task.CostCredits),
            var status when status != state.LastSeen || task.EstimatedCredits > state.Current?.Reserved =>
                new JobEvent.Seen(now, fence, status, task.EstimatedCredits),
            _ => null,
        };

        JobEvent.Failed Failed(FailureClass why, string? code, string message) =>
            new(now, fence, new JobFailure(code, why.Name, why.MayRepeat, message), task.CostCredits);
    }

    /// <summary>The task, or what it made, is gone for good.</summary>
    public static JobEvent.Failed Lost(JobState state, DateTimeOffset now, string message)
    {
        var why = FailureClasses.TaskLost;
        return new JobEvent.Failed(now, state.Fence, new JobFailure(null, why.Name, why.MayRepeat, message), null);
    }
}
