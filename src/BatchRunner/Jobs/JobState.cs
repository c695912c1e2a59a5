using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Jobs;

/// <summary>Where a job stands. Each state says what is true on entry.</summary>
enum JobPhase : byte
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

/// <summary>
/// One job's life so far: its events, folded by <see cref="JobLife"/>. Nothing in it changes any more. A batch has as many
/// of them as jobs, so it is kept small: what few jobs have lies apart.
/// </summary>
sealed record JobState
{
    Moment savedAt;
    Trouble trouble = Trouble.None;

    /// <summary>A job of which nothing is known.</summary>
    public static JobState New { get; } = new();

    public JobPhase Phase { get; init; } = JobPhase.Planned;

    /// <summary>How many creates were intended; events of an earlier one are refused.</summary>
    public int Fence { get; init; }

    /// <summary>Every attempt that was not refused, in order.</summary>
    public Few<Attempt> Attempts { get; init; } = [];

    /// <summary>Tasks made before the user last consented to a new one: they no longer count against `attempts`.</summary>
    public int ForgivenTasks { get; init; }

    public TaskStatus LastSeen { get; init; }

    public CancelReason? CancelAsked { get; init; }

    public JobFailure? Failure { get => trouble.Failure; init => trouble = trouble.Because(value, trouble.Reason); }

    /// <summary>Why it is unknown, the rule that screened it, or what was wrong with its files that are to be had again.</summary>
    public string? Reason { get => trouble.Reason; init => trouble = trouble.Because(trouble.Failure, value); }

    /// <summary>A moderation endpoint screened it, not a rule of the manifest: only the user lets it pass.</summary>
    public bool IsModerated { get; init; }

    public AccountHint? HintBefore { get => trouble.HintBefore; init => trouble = trouble.Hinted(value, trouble.HintAfter); }

    public AccountHint? HintAfter { get => trouble.HintAfter; init => trouble = trouble.Hinted(trouble.HintBefore, value); }

    public Few<JobFile> Files { get; init; } = [];

    /// <summary>Its output's place was taken by a job with a new key; its files moved aside.</summary>
    public bool IsSuperseded { get; init; }

    public DateTimeOffset? SavedAt { get => savedAt.At; init => savedAt = new Moment(value); }

    /// <summary>The attempt everything now speaks of, or null.</summary>
    public Attempt? Current => Attempts.Last is { } last && last.Number == Fence ? last : null;

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
    public decimal Spent => Sum(a => a.Cost ?? 0);

    /// <summary>Credits it may still cost, or may have cost without anybody saying.</summary>
    public decimal Reserved => Sum(a => a.Cost is null ? a.Reserved : 0);

    /// <summary>Its saved files are gone, or not what was saved, and are to be had again; <see cref="Reason"/> says what is wrong.</summary>
    public bool LacksFiles => Phase == JobPhase.Succeeded && Reason is not null;

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

    decimal Sum(Func<Attempt, decimal> part)
    {
        var sum = 0m;
        for (var i = 0; i < Attempts.Length; i++)
        {
            sum += part(Attempts[i]);
        }

        return sum;
    }

    /// <summary>What is known only of a job that is not going well.</summary>
    sealed record Trouble(JobFailure? Failure, string? Reason, AccountHint? HintBefore, AccountHint? HintAfter)
    {
        public static Trouble None { get; } = new(null, null, null, null);

        public Trouble Because(JobFailure? failure, string? reason) =>
            ReferenceEquals(failure, Failure) && reason == Reason ? this : this with { Failure = failure, Reason = reason };

        public Trouble Hinted(AccountHint? before, AccountHint? after) =>
            before == HintBefore && after == HintAfter ? this : this with { HintBefore = before, HintAfter = after };
    }
}

