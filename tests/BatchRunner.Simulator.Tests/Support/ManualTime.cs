namespace BatchRunner.Simulator.Tests.Support;

/// <summary>A clock that moves only when told; its timers are the system's, for what the wire needs.</summary>
sealed class ManualTime : TimeProvider
{
    DateTimeOffset now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(double seconds) => now += TimeSpan.FromSeconds(seconds);
}
