namespace BatchRunner.Jobs;

/// <summary>What to do next for a job.</summary>
abstract record NextStep
{
    /// <summary>Make a create, not before then; null: at once.</summary>
    public sealed record Submit(DateTimeOffset? NotBefore) : NextStep;

    /// <summary>Ask for the task; when is the scheduler's, which knows how long such tasks take.</summary>
    public sealed record Poll : NextStep;

    /// <summary>It waited in the queue as long as the user allows: ask again, and cancel it if it still does.</summary>
    public sealed record Withdraw : NextStep;

    /// <summary>Bring the outputs home.</summary>
    public sealed record Download : NextStep;

    /// <summary>Nothing now, though it is not at its end.</summary>
    public sealed record Hold(HoldReason Reason) : NextStep;

    /// <summary>Nothing ever, by itself.</summary>
    public sealed record Finish : NextStep;
}

/// <summary>Why nothing is done for a job that is not at its end.</summary>
enum HoldReason
{
    CreateOnTheWay,

    /// <summary>The user decides.</summary>
    Unknown,

    /// <summary>`running_timeout` has passed: it is left running and a later run collects it.</summary>
    RunsTooLong,
}

/// <summary>What the user allows.</summary>
sealed record Policy
{
    /// <summary>Tasks per job in all.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Consent to one second attempt for a task PENDING this long; null: none.</summary>
    public TimeSpan? QueueTimeout { get; init; }

    public TimeSpan RunningTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Before a new attempt that is made by itself.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Limits of waiting are counted from here at the earliest.</summary>
    public DateTimeOffset RunStart { get; init; }
}
