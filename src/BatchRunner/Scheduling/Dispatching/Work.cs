using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Jobs;
using BatchRunner.Runway;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>A job in the hands of the dispatcher. Only the event loop changes it.</summary>
sealed class Work(JobSpec spec, JobState state)
{
    // Of a job that waits or is done with only its place on the shelf is held.
    readonly StoredJob stored = spec.Stored;
    volatile bool isRevoked;
    volatile JobSpec? held;
    Pursuit? pursuit;

    public JobSpec Spec => held ?? stored.Job;

    public JobKey Key => stored.Key;

    /// <summary>Rows of results.csv that show it: itself and those that share its request.</summary>
    public int Rows { get; init; } = 1;

    public JobState State { get; set; } = state;

    /// <summary>This run may pay for it.</summary>
    public bool MaySubmit { get; init; } = true;

    /// <summary>Something is being done for it: no second thing is started.</summary>
    public Activity Busy { get; private set; }

    /// <summary>Its model has stopped or waits: a create that has not begun does not begin. Read by the lane.</summary>
    public bool IsRevoked
    {
        get => isRevoked;
        set => isRevoked = value;
    }

    /// <summary>It was picked up from an earlier run: when its task began is not known well enough to learn from.</summary>
    public bool IsPickedUp { get; set; } = state.HoldsSlot;

    /// <summary>Where it was counted last.</summary>
    public Standing? CountedAs { get; set; }

    /// <summary>Why this run leaves it as it is, or null.</summary>
    public string? LeftBecause { get; set; }

    /// <summary>What is known while something is under way for it. A job that waits or is done with needs none of it.</summary>
    public Pursuit Pursuit => pursuit ??= new Pursuit();

    /// <summary>Something is, or was, under way for it.</summary>
    public bool IsPursued => pursuit is not null;

    /// <summary>What is believed of its task now.</summary>
    public TaskTimes Times => new(IsPickedUp ? null : Pursuit.BegunAt, Pursuit.SeenAliveAt);

    /// <summary>Something is begun for it, in a lane that may look at what is known.</summary>
    public void Begin(Activity activity) => (Busy, pursuit, held) = (activity, Pursuit, Spec);

    /// <summary>What was being done for it has come to an answer.</summary>
    public void End(DateTimeOffset now)
    {
        if (Busy == Activity.Asking)
        {
            Pursuit.AnsweredAt = now;
        }

        Busy = Activity.None;
    }

    /// <summary>Nothing more is done for it: what was known is forgotten. There may be a hundred thousand of them.</summary>
    public void Leave() => (pursuit, held) = (null, null);
}

/// <summary>What a job's task was seen doing, what was tried for it, and when what is next.</summary>
sealed class Pursuit
{
    /// <summary>When it is asked for next, or its step may be tried again; null: not waiting for a moment.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? LastAskedAt { get; set; }

    /// <summary>When the last ask was answered. It may have been long on its way, and the server counts from its arrival.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>When its task is believed to have begun to run; null: it waits at Runway.</summary>
    public DateTimeOffset? BegunAt { get; set; }

    /// <summary>When an answer last said that its task was alive.</summary>
    public DateTimeOffset? SeenAliveAt { get; set; }

    /// <summary>By its last answer it was THROTTLED, and nothing since says otherwise.</summary>
    public bool IsThrottled { get; set; }

    public double? Progress { get; set; }

    /// <summary>Troubles in a row with what is tried now.</summary>
    public int Troubles { get; set; }

    /// <summary>Answers in a row that its task does not exist.</summary>
    public int GoneCount { get; set; }

    /// <summary>Answers in a row about its task that mean nothing, and when the first of them came.</summary>
    public int SenselessCount { get; private set; }

    public DateTimeOffset? SenselessSince { get; private set; }

    /// <summary>Downloads that went wrong in this run.</summary>
    public int DownloadTroubles { get; set; }

    /// <summary>Signed URLs of its outputs, while they are fresh. Secrets.</summary>
    public IReadOnlyList<Uri> Outputs { get; set; } = [];

    /// <summary>When its task has ended if it is seen to have ended now.</summary>
    public DateTimeOffset EndedBy(DateTimeOffset now) => BegunAt is { } begun ? TaskTimes.EndBy(begun, SeenAliveAt, now) : now;

    /// <summary>An answer meant nothing; since when none has.</summary>
    public DateTimeOffset CountSenseless(DateTimeOffset now)
    {
        SenselessCount++;
        return SenselessSince ??= now;
    }

    /// <summary>What was seen means something; null: nothing was seen.</summary>
    public void MakeSense(TaskSnapshot? seen) =>
        (SenselessSince, SenselessCount) = seen is null ? (SenselessSince, SenselessCount) : (null, 0);
}

/// <summary>What is being done for a job right now.</summary>
enum Activity
{
    None,
    Submitting,
    Asking,
    Withdrawing,
    Downloading,
}
