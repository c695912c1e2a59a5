using BatchRunner.Simulator.Media;

namespace BatchRunner.Simulator.Accounts;

/// <summary>The statuses the API names.</summary>
enum TaskPhase
{
    Throttled,
    Pending,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>How a task will end, known when it is made.</summary>
/// <param name="Phase">Succeeded, failed or cancelled.</param>
/// <param name="Cost">What is charged in the end.</param>
/// <param name="FailureCode">Such as `SAFETY.INPUT.TEXT`, or null.</param>
sealed record TaskEnding(TaskPhase Phase, decimal Cost, string? FailureCode = null);

/// <summary>A charged task as it was accepted: with the clock and its lane, all that its status depends on.</summary>
sealed record TaskRecord
{
    public required string Id { get; init; }

    /// <summary>1 for the account's first.</summary>
    public required int Number { get; init; }

    public required string Endpoint { get; init; }

    public required string Model { get; init; }

    /// <summary>SHA-256 of endpoint and canonical body.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Simulated time.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The clock's time: what clients see.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required decimal Estimate { get; init; }

    /// <summary>From the slot to the first progress.</summary>
    public required TimeSpan Pending { get; init; }

    /// <summary>From the first progress to the end.</summary>
    public required TimeSpan Generation { get; init; }

    public required TaskEnding Ending { get; init; }

    public required OutputPlan Output { get; init; }

    /// <summary>What goes wrong with it, such as `stuck-pending`, or null.</summary>
    public string? Fault { get; init; }
}
