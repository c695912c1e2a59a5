namespace BatchRunner.Scheduling;

/// <summary>The time of one run: the wall's at its start, and from then on only what has really passed.</summary>
sealed class RunClock(TimeProvider time)
{
    readonly long stamp = time.GetTimestamp();

    public DateTimeOffset Start { get; } = time.GetUtcNow();

    /// <summary>Never jumps, whatever the wall clock does.</summary>
    public DateTimeOffset Now => Start + time.GetElapsedTime(stamp);

    public TimeProvider Time => time;
}
