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

    /// <summary>Runway was told, and has not confirmed it; a run goes on asking.</summary>
    public sealed record Unconfirmed(JobState State, string Reason) : Cancellation;

    /// <summary>Runway could not be asked, and was told nothing.</summary>
    public sealed record Trouble(JobState State, string Reason) : Cancellation;

    /// <summary>The key is refused.</summary>
    public sealed record KeyRefused(string Message) : Cancellation;

    /// <summary>It could not be saved.</summary>
    public sealed record DiskFailed(string Reason) : Cancellation;
}
