using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Jobs;

/// <summary>
/// A fact about one job, as the journal keeps it. The fence is the number of the attempt it speaks of, from 1; 0 where it
/// speaks of none. Never holds a key, a signed URL or a data URI.
/// </summary>
/// <param name="At">When it happened.</param>
/// <param name="Fence">The attempt it speaks of.</param>
abstract record JobEvent(DateTimeOffset At, int Fence)
{
    /// <summary>A create may leave from now on, and may cost up to this by the catalogue of that day.</summary>
    public sealed record Intended(DateTimeOffset At, int Fence, decimal Reserved, DateOnly? Catalogue = null) : JobEvent(At, Fence);

    /// <summary>The create was answered with a task. A higher estimate raises the reservation.</summary>
    public sealed record Submitted(DateTimeOffset At, int Fence, TaskId Task, decimal? Estimate) : JobEvent(At, Fence);

    /// <summary>The create certainly made no task, and the same request may be tried again later.</summary>
    public sealed record Refused(DateTimeOffset At, int Fence, string Reason) : JobEvent(At, Fence);

    /// <summary>Nobody can tell whether the create made a task.</summary>
    public sealed record Lost(DateTimeOffset At, int Fence, string Reason) : JobEvent(At, Fence);

    /// <summary>What the account said before and after a create was lost: a hint, not a proof.</summary>
    public sealed record Hinted(DateTimeOffset At, int Fence, AccountHint Before, AccountHint After) : JobEvent(At, Fence);

    /// <summary>The task was seen in another state than before. A higher estimate raises the reservation.</summary>
    public sealed record Seen(DateTimeOffset At, int Fence, TaskStatus Status, decimal? Estimate) : JobEvent(At, Fence);

    /// <summary>The task has its outputs. A cost of null: the API did not say.</summary>
    public sealed record Succeeded(DateTimeOffset At, int Fence, decimal? Cost) : JobEvent(At, Fence)
    {
        /// <summary>How long it ran, as far as this run could tell; null: it could not.</summary>
        public TimeSpan? Ran { get; init; }
    }

    /// <summary>Every output is on disk under its final name.</summary>
    public sealed record Saved(DateTimeOffset At, int Fence, IReadOnlyList<JobFile> Files) : JobEvent(At, Fence);

    /// <summary>A saved file is no longer there, or no longer whole.</summary>
    public sealed record Missing(DateTimeOffset At, int Fence, string Reason) : JobEvent(At, Fence);

    /// <summary>It ended badly. A cost of null: not told, so the reservation stays.</summary>
    public sealed record Failed(DateTimeOffset At, int Fence, JobFailure Failure, decimal? Cost) : JobEvent(At, Fence);

    /// <summary>A DELETE is about to leave, because the user asked or because the queue took too long.</summary>
    public sealed record CancelAsked(DateTimeOffset At, int Fence, CancelReason Reason) : JobEvent(At, Fence);

    /// <summary>The task is cancelled. A cost of null: not told, so the reservation stays.</summary>
    public sealed record Cancelled(DateTimeOffset At, int Fence, decimal? Cost) : JobEvent(At, Fence);

    /// <summary>What an earlier attempt did cost, heard later.</summary>
    public sealed record Settled(DateTimeOffset At, int Fence, decimal Cost) : JobEvent(At, Fence);

    /// <summary>Stopped before paying by a screening rule, or by a moderation endpoint.</summary>
    public sealed record Screened(DateTimeOffset At, string Rule, bool IsModerated = false) : JobEvent(At, 0);

    /// <summary>No screening rule stops it any more.</summary>
    public sealed record Cleared(DateTimeOffset At) : JobEvent(At, 0);

    /// <summary>The user asks for a new attempt of a failed or cancelled job.</summary>
    public sealed record RetryAsked(DateTimeOffset At) : JobEvent(At, 0);

    /// <summary>An unknown create's task was found: by the user, or in the emergency file.</summary>
    public sealed record TaskFound(DateTimeOffset At, int Fence, TaskId Task, string Source) : JobEvent(At, Fence);

    /// <summary>The user says that an unknown create was not charged.</summary>
    public sealed record NotCharged(DateTimeOffset At, int Fence) : JobEvent(At, Fence);

    /// <summary>The user wants a new attempt although an unknown one may have been charged; its reservation stays.</summary>
    public sealed record ResubmitAllowed(DateTimeOffset At, int Fence) : JobEvent(At, Fence);

    /// <summary>Its files have new names: the job was renamed, or its place was taken and they moved aside.</summary>
    public sealed record Moved(DateTimeOffset At, IReadOnlyList<JobFile> Files, bool IsSuperseded) : JobEvent(At, 0);
}

/// <summary>Who wanted a task cancelled.</summary>
enum CancelReason : byte
{
    /// <summary>`batchrunner cancel`.</summary>
    User,

    /// <summary>`queue_timeout`: consent to one second attempt.</summary>
    QueueTimeout,
}

/// <summary>Why a job ended badly.</summary>
/// <param name="Code">Runway's failure code, or null.</param>
/// <param name="Class">The name of its class, such as `safety-input`.</param>
/// <param name="MayRepeat">Its class allows a new attempt, if this one cost 0.</param>
/// <param name="Message">In words, made safe.</param>
sealed record JobFailure(string? Code, string Class, bool MayRepeat, string Message);

/// <summary>Credits left and generations of the model today, by the account.</summary>
sealed record AccountHint(decimal Balance, int DailyUsed);
