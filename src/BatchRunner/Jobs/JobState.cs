using System.Collections.Immutable;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Jobs;

/// <summary>Where a job stands. Each state says what is true on entry.</summary>
enum JobPhase
{
    /// <summary>Nothing of it is alive at Runway, and a create may be made.</summary>
    Planned,

    /// <summary>An intent is on disk; its create may be on the way. Found so when a run starts, it is unknown.</summary>
    Intent,

    /// <summary>A task id is on disk and its task has not been seen at an end.</summary>
    Submitted,

    /// <summary>The task has outputs; not all of them are on disk.</summary>
    Succeeded,

    /// <summary>Every output is on disk, checked and synced.</summary>
    Done,

    /// <summary>It ended badly; a new attempt needs a cost of 0 and a class that allows it, or the user.</summary>
    Failed,

    /// <summary>The task was cancelled.</summary>
    Cancelled,

    /// <summary>A create may have been charged and its answer was lost: the user decides.</summary>
    Unknown,

    /// <summary>Stopped before paying by a screening rule.</summary>
    Screened,
}

/// <summary>One job's life so far: its events, folded by <see cref="JobLife"/>. Nothing in it changes any more.</summary>
sealed record JobState
{
    /// <summary>A job of which nothing is known.</summary>
    public static JobState New { get; } = new();

    public JobPhase Phase { get; init; } = JobPhase.Planned;

    /// <summary>How many creates were intended; events of an earlier one are refused.</summary>
    public int Fence { get; init; }

    /// <summary>Every attempt that was not refused, in order.</summary>
    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>Tasks made before the user last consented to a new one: they no longer count against `attempts`.</summary>
    public int ForgivenTasks { get; init; }

    public TaskStatus LastSeen { get; init; }

    public CancelReason? CancelAsked { get; init; }

    public JobFailure? Failure { get; init; }

    /// <summary>Why it is unknown, the rule that screened it, or what was wrong with its files that are to be had again.</summary>
    public string? Reason { get; init; }

    /// <summary>A moderation endpoint screened it, not a rule of the manifest: only the user lets it pass.</summary>
    public bool IsModerated { get; init; }

    public AccountHint? HintBefore { get; init; }

    public AccountHint? HintAfter { get; init; }

    public ImmutableArray<JobFile> Files { get; init; } = [];

    /// <summary>Its output's place was taken by a job with a new key; its files moved aside.</summary>
    public bool IsSuperseded { get; init; }

    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>The attempt everything now speaks of, or null.</summary>
    public Attempt? Current => Attempts is [.., var last] && last.Number == Fence ? last : null;

    /// <summary>The task that is alive or was the last, or null.</summary>
    public TaskId? Task => Current?.Task;

    /// <summary>
    /// Creates that may have cost something, of which nobody has said what became: the last one of an unknown job, and each
    /// after which one was submitted again.
    /// </summary>
    public IEnumerable<Attempt> Lost => Attempts.Where(a => a is { IsUnknown: true, Cost: null });

    /// <summary>Tasks it has used, unknown ones counted.</summary>
    public int Tasks => Attempts.Count(a => a.Task is not null || a.IsUnknown);

    /// <summary>Credits it has cost by Runway's word.</summary>
    public decimal Spent => Attempts.Sum(a => a.Cost ?? 0);

    /// <summary>Credits it may still cost, or may have cost without anybody saying.</summary>
    public decimal Reserved => Attempts.Sum(a => a.Cost is null ? a.Reserved : 0);

    /// <summary>Whether a task of it counts against the slots.</summary>
    public bool HoldsSlot => Phase is JobPhase.Intent or JobPhase.Submitted;

    /// <summary>What results.csv says.</summary>
    public JobStatus Status => Phase switch
    {
        JobPhase.Planned => JobStatus.Planned,
        JobPhase.Intent or JobPhase.Submitted or JobPhase.Succeeded => JobStatus.Running,
        JobPhase.Done => JobStatus.Done,
        JobPhase.Failed => JobStatus.Failed,
        JobPhase.Cancelled => JobStatus.Cancelled,
        JobPhase.Unknown => JobStatus.Unknown,
        _ => JobStatus.Screened,
    };
}

/// <summary>One create that may have cost money, and what became of it.</summary>
sealed record Attempt
{
    /// <summary>The fence it was made under.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset IntendedAt { get; init; }

    /// <summary>The most it may cost: the catalogue's price, or Runway's estimate if that is higher.</summary>
    public required decimal Reserved { get; init; }

    /// <summary>The catalogue's price when it was intended; 0: it had none.</summary>
    public decimal Price { get; init; }

    /// <summary>The day of that catalogue, if it was told.</summary>
    public DateOnly? Catalogue { get; init; }

    public TaskId? Task { get; init; }

    /// <summary>Its answer was lost and nobody has found its task.</summary>
    public bool IsUnknown { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Seen PENDING first, or again after THROTTLED.</summary>
    public DateTimeOffset? PendingSince { get; init; }

    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Seen at its end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it ran, as far as the run that watched it could tell; it is seen only when it is asked for.</summary>
    public TimeSpan? Ran { get; init; }

    /// <summary>What it did cost, or null while nobody has said.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Runway has estimated more, or taken more, than the catalogue said.</summary>
    public bool IsDearer => Price > 0 && Dearest > Price;

    /// <summary>The most that anybody has said it costs.</summary>
    public decimal Dearest => Math.Max(Reserved, Cost ?? 0);
}
