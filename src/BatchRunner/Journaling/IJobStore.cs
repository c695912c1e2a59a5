using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;

namespace BatchRunner.Journaling;

/// <summary>
/// The durable truth about jobs. An answer that says "appended" or "granted" is given only when the fact is on the disk.
/// After a disk failure every answer is that failure, so nothing more can be paid for. Safe for several threads.
/// </summary>
interface IJobStore
{
    /// <summary>A picture of everything, for results and plans.</summary>
    JournalContents Contents { get; }

    /// <summary>Credits this folder has cost, and credits held back.</summary>
    (decimal Spent, decimal Reserved) Money { get; }

    /// <summary>The state of a job; a job nobody has named is new.</summary>
    JobState Get(JobKey key);

    /// <summary>The job that a task was made for, by its id; null: no job here has it.</summary>
    JobSpec? OwnerOf(TaskId task);

    /// <summary>Records what is planned, in plan order: new jobs, and those with a new name, row, output or price.</summary>
    ValueTask<AppendAnswer> RecordPlan(IEnumerable<JobSpec> jobs, CancellationToken cancel);

    /// <summary>Records what the creates that follow come from, unless that is known already.</summary>
    ValueTask<AppendAnswer> RecordOrigin(RunOrigin origin, CancellationToken cancel);

    /// <summary>Records that the user wants one more take of a job, the highest so far.</summary>
    ValueTask<AppendAnswer> RecordRetake(JobKey key, int take, CancellationToken cancel);

    /// <summary>
    /// The one step that allows a create, whole or not at all: the job is still ready, its fence goes up by one, a slot
    /// is taken, the price is reserved, and the intent is on the disk.
    /// </summary>
    ValueTask<SubmitGrant> BeginSubmit(JobKey key, SubmitTerms terms, CancellationToken cancel);

    /// <summary>
    /// Records what happened. An event of an earlier attempt is refused as stale, one that the job's state does not allow
    /// is ignored. An end gives the slot back, and what is left of the reservation, in the same write.
    /// </summary>
    ValueTask<AppendAnswer> Append(JobKey key, JobEvent happened, CancellationToken cancel);
}

/// <summary>On what terms a create may be made.</summary>
/// <param name="Price">The most it may cost.</param>
/// <param name="MaxCredits">What spent and reserved may come to over the folder's lifetime; null: no cap.</param>
/// <param name="MaxAlive">Tasks of this model that may be alive at once, this one counted.</param>
/// <param name="Policy">What the user allows.</param>
/// <param name="At">Now.</param>
/// <param name="Catalogue">The day of the catalogue that says the price, if it is known.</param>
sealed record SubmitTerms(
    decimal Price, decimal? MaxCredits, int MaxAlive, Policy Policy, DateTimeOffset At, DateOnly? Catalogue = null);

/// <summary>Whether a create may be made.</summary>
abstract record SubmitGrant
{
    /// <summary>The intent is on the disk: the create may leave, once.</summary>
    public sealed record Granted(int Fence, JobState State) : SubmitGrant;

    /// <summary>The job is not, or no longer, to be submitted.</summary>
    public sealed record NotReady(JobState State) : SubmitGrant;

    /// <summary>No slot is free.</summary>
    public sealed record Full(int Alive) : SubmitGrant;

    /// <summary>It would pass the cap.</summary>
    public sealed record OverBudget(decimal Price, decimal Spent, decimal Reserved, decimal MaxCredits) : SubmitGrant;

    /// <summary>The intent could not be saved: nothing may be sent, now or later.</summary>
    public sealed record DiskFailed(string Reason) : SubmitGrant;
}

/// <summary>What became of a fact.</summary>
abstract record AppendAnswer
{
    /// <summary>It is on the disk (or written, for what may be lost without harm).</summary>
    public sealed record Appended(JobState State) : AppendAnswer;

    /// <summary>It speaks of an earlier attempt.</summary>
    public sealed record Stale(JobState State) : AppendAnswer;

    /// <summary>The job's state does not change by it.</summary>
    public sealed record Ignored(JobState State) : AppendAnswer;

    /// <summary>It could not be saved, and nothing will be any more.</summary>
    public sealed record DiskFailed(string Reason) : AppendAnswer;
}
