namespace BatchRunner.Cli.World;

/// <summary>
/// A clock on which time runs so many times faster: what is told to wait 50 seconds waits one. It starts at
/// <paramref name="start"/> and never goes back behind it.
/// </summary>
sealed class ScaledTime(TimeProvider clock, double scale, DateTimeOffset start) : TimeProvider
{
    // The least a timer of the system waits; less would fire at once and turn a wait into a spin.
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    readonly long origin = clock.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, clock.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

    TimeSpan Elapsed => clock.GetElapsedTime(origin) * scale;

    TimeSpan Shorten(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan || time <= TimeSpan.Zero)
        {
            return time;
        }

        var shorter = time / scale;
        return shorter < Shortest ? Shortest : shorter;
    }

    /// <summary>A timer of the clock behind, told shorter times.</summary>
    sealed class ScaledTimer(ScaledTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Shorten(dueTime), time.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
