using BatchRunner.Runway;

namespace BatchRunner.Jobs;

/// <summary>One create that may have cost money, and what became of it.</summary>
sealed record Attempt
{
    Moment intendedAt;
    Moment submittedAt;
    Moment pendingSince;
    Moment runningSince;
    Moment endedAt;

    /// <summary>The fence it was made under.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset IntendedAt { get => intendedAt.At ?? default; init => intendedAt = new Moment(value); }

    /// <summary>The most it may cost: the catalogue's price, or Runway's estimate if that is higher.</summary>
    public required decimal Reserved { get; init; }

    /// <summary>The catalogue's price when it was intended; 0: it had none.</summary>
    public decimal Price { get; init; }

    /// <summary>The day of that catalogue, if it was told.</summary>
    public DateOnly? Catalogue { get; init; }

    public TaskId? Task { get; init; }

    /// <summary>Its answer was lost and nobody has found its task.</summary>
    public bool IsUnknown { get; init; }

    public DateTimeOffset? SubmittedAt { get => submittedAt.At; init => submittedAt = new Moment(value); }

    /// <summary>Seen PENDING first, or again after THROTTLED.</summary>
    public DateTimeOffset? PendingSince { get => pendingSince.At; init => pendingSince = new Moment(value); }

    public DateTimeOffset? RunningSince { get => runningSince.At; init => runningSince = new Moment(value); }

    /// <summary>Seen at its end.</summary>
    public DateTimeOffset? EndedAt { get => endedAt.At; init => endedAt = new Moment(value); }

    /// <summary>How long it ran, as far as the run that watched it could tell; it is seen only when it is asked for.</summary>
    public TimeSpan? Ran { get; init; }

    /// <summary>What it did cost, or null while nobody has said.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Runway has estimated more, or taken more, than the catalogue said.</summary>
    public bool IsDearer => Price > 0 && Dearest > Price;

    /// <summary>The most that anybody has said it costs.</summary>
    public decimal Dearest => Math.Max(Reserved, Cost ?? 0);
}
