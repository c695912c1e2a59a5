namespace BatchRunner.Simulator.Accounts;

/// <summary>Simulated time: it runs a number of times faster than the clock, on from where the state file left it.</summary>
sealed class ScaledClock(TimeProvider real, double scale, DateTimeOffset realOrigin, DateTimeOffset simulatedOrigin)
{
    /// <summary>A clock that starts now.</summary>
    public static ScaledClock Starting(TimeProvider real, double scale)
    {
        var now = real.GetUtcNow();
        return new ScaledClock(real, scale, now, now);
    }

    /// <summary>The clock itself, for what the world outside sees.</summary>
    public TimeProvider Real => real;

    /// <summary>Simulated now.</summary>
    public DateTimeOffset Now => At(real.GetUtcNow());

    /// <summary>Simulated time at a real time; before the origin it stands still.</summary>
    public DateTimeOffset At(DateTimeOffset realTime)
    {
        var passed = realTime - realOrigin;
        return passed <= TimeSpan.Zero ? simulatedOrigin : simulatedOrigin + (passed * scale);
    }

    /// <summary>Waits for a simulated while.</summary>
    public Task Wait(TimeSpan simulated, CancellationToken cancellation) =>
        Task.Delay(simulated / scale, real, cancellation);
}
