using BatchRunner.Expansion;

namespace BatchRunner.Scheduling;

/// <summary>What the engine knows of the person watching. Called from one thread at a time; must return quickly.</summary>
interface IRunView
{
    /// <summary>The plan is known and work begins.</summary>
    void Started(RunSummary summary);

    /// <summary>Something happened to a job.</summary>
    void Job(JobSpec job, JobNews news, RunSummary summary);

    /// <summary>Something to say that belongs to no job: a warning, a limit reached, an account's answer.</summary>
    void Note(string message);

    /// <summary>Nothing more will happen in this run.</summary>
    void Finished(RunSummary summary);
}

/// <summary>A job's news, for people.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Text">In a few words: a task id, a file, a reason. Already made safe for a terminal.</param>
/// <param name="Progress">0 to 1 while running, or null.</param>
sealed record JobNews(JobNewsKind Kind, string Text, double? Progress = null);

/// <summary>What can happen to a job.</summary>
enum JobNewsKind
{
    Submitting,
    Submitted,
    Throttled,
    Pending,
    Running,
    Succeeded,
    Downloading,
    Done,
    Retrying,
    Failed,
    Cancelled,
    Unknown,
}

/// <summary>Counts and money at one moment.</summary>
sealed record RunSummary
{
    public required int Total { get; init; }

    public int Planned { get; init; }

    /// <summary>Queued at Runway (throttled or pending).</summary>
    public int Queued { get; init; }

    public int Running { get; init; }

    public int Downloading { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    public int Unknown { get; init; }

    public int Cancelled { get; init; }

    public int Screened { get; init; }

    /// <summary>Credits this folder has cost so far.</summary>
    public decimal Spent { get; init; }

    /// <summary>Credits held back for what is under way or unknown.</summary>
    public decimal Reserved { get; init; }

    public decimal? MaxCredits { get; init; }

    /// <summary>Mean progress of the running tasks, 0 to 1, or null.</summary>
    public double? MeanProgress { get; init; }

    public TimeSpan Elapsed { get; init; }

    public TimeSpan? Remaining { get; init; }
}
