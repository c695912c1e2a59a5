using BatchRunner.Jobs;

namespace BatchRunner.Scheduling.Settling;

/// <summary>What became of cancelling a job's task on purpose.</summary>
abstract record Cancellation
{
    /// <summary>Runway confirmed it. What it cost may not have been told: then its reservation stays.</summary>
    public sealed record Cancelled(JobState State) : Cancellation;

    /// <summary>It had ended before it could be cancelled; an output is left for a run to download.</summary>
    public sealed record Ended(JobState State) : Cancellation;

    /// <summary>The job has no task that could be cancelled.</summary>
    public sealed record NotRunning(JobState State) : Cancellation;

    /// <summary>The wish is on the disk, and Runway has not confirmed it; a run goes on trying.</summary>
    public sealed record Unconfirmed(JobState State, string Reason) : Cancellation;

    /// <summary>The key is refused; the wish is on the disk.</summary>
    public sealed record KeyRefused(string Message) : Cancellation;

    /// <summary>It could not be saved.</summary>
    public sealed record DiskFailed(string Reason) : Cancellation;
}
