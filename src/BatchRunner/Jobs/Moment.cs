namespace BatchRunner.Jobs;

/// <summary>A point in time, or none, in a third of the room: a job remembers half a dozen of them.</summary>
readonly struct Moment(DateTimeOffset? at) : IEquatable<Moment>
{
    // No run was in the year 1.
    readonly long ticks = at?.UtcTicks ?? 0;

    public DateTimeOffset? At => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    public bool Equals(Moment other) => ticks == other.ticks;

    public override bool Equals(object? obj) => obj is Moment other && Equals(other);

    public override int GetHashCode() => ticks.GetHashCode();
}
