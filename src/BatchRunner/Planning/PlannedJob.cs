using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Jobs;

namespace BatchRunner.Planning;

/// <summary>One job of a plan.</summary>
sealed record PlannedJob
{
    // A plan may have a million: what they are is made again when it is looked at.
    readonly StoredJob spec;

    public required JobSpec Spec
    {
        get => spec.Job;
        init => spec = value.Stored;
    }

    public JobKey Key => spec.Key;

    /// <summary>The most it may cost by the catalogue, or null if the catalogue has no price.</summary>
    public decimal? EstimatedCredits => spec.EstimatedCredits;

    /// <summary>Its life so far.</summary>
    public required JobState State { get; init; }

    public required PlanAction Action { get; init; }

    /// <summary>In words, for people.</summary>
    public required string Why { get; init; }

    /// <summary>What is different from the job that had its name, if it changed.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>The rule that forbids every create of it, whatever would be done with it else; null: none.</summary>
    public string? StoppedBy { get; init; }

    /// <summary><see cref="StoppedBy"/> is the word of a moderation endpoint.</summary>
    public bool IsModerated { get; init; }

    /// <summary>A run touches it; false if a selection left it out.</summary>
    public bool IsSelected { get; init; } = true;

    /// <summary>No row asks for it any more: it is collected, and not planned by that.</summary>
    public bool IsOrphaned { get; init; }

    /// <summary>The same job with another attempt: the user asked. A rule that stops it still does.</summary>
    public PlannedJob Repeated() => StoppedBy is { } rule
        ? this with { Action = PlanAction.Screened, Why = rule }
        : this with { Action = PlanAction.Again, Why = WasSent ? "another attempt was asked for" : "it was asked for, and was never sent" };

    /// <summary>The same job with no more creates.</summary>
    public PlannedJob Stopped(string rule, bool isModerated) => this with
    {
        Action = WillSubmit ? PlanAction.Screened : Action,
        Why = WillSubmit ? rule : Why,
        StoppedBy = rule,
        IsModerated = isModerated,
    };

    /// <summary>A create of it has left, or may have.</summary>
    public bool WasSent => State.Fence > 0;

    /// <summary>The user may ask for another attempt of it, and none is made by itself.</summary>
    public bool MayBeRepeated => Action is PlanAction.Failed or PlanAction.Cancelled
        || (Action == PlanAction.Screened && StoppedBy is null);

    /// <summary>A run would pay for it.</summary>
    public bool WillSubmit => IsSelected && Action is (PlanAction.New or PlanAction.Changed or PlanAction.Again);
}

/// <summary>What a run would do with a job.</summary>
enum PlanAction
{
    /// <summary>Submitted: nothing was ever paid for it.</summary>
    New,

    /// <summary>Submitted: a job of its name was paid for, but with another request.</summary>
    Changed,

    /// <summary>Submitted once more, because it is allowed by itself or the user asked.</summary>
    Again,

    /// <summary>Left alone: its files are there.</summary>
    Kept,

    /// <summary>Its task is asked for, and its outputs brought home.</summary>
    PickedUp,

    /// <summary>Left alone: it may have been charged, and the user decides.</summary>
    Unknown,

    /// <summary>Left alone: it failed, and nobody asked for another attempt.</summary>
    Failed,

    /// <summary>Left alone: it was cancelled, and nobody asked for another attempt.</summary>
    Cancelled,

    /// <summary>Not submitted: a screening rule stops it.</summary>
    Screened,

    /// <summary>It gets the file of the job whose request it repeats.</summary>
    Shared,

    /// <summary>Left alone: only a run of the manifest may submit it, and this is one of the folder.</summary>
    Left,
}

/// <summary>A field of a request that is not what it was.</summary>
/// <param name="Field">Such as `promptText`.</param>
/// <param name="Old">As it was paid for; null: it was not there.</param>
/// <param name="New">As it is now; null: it is not there.</param>
sealed record FieldChange(string Field, string? Old, string? New);
