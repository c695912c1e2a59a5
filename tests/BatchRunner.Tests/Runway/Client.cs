using BatchRunner.Runway;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRunner.Tests.Runway;

/// <summary>The client as specs open it, with a key that must be seen nowhere.</summary>
static class Client
{
    public const string CanaryKey = "key_c0ffee00canary00c0ffee";

    /// <summary>Stops what a test waits for when the test is stopped.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Secret Secret(string text = CanaryKey) =>
        BatchRunner.Runway.Secret.TryRead(text, out var secret, out var problem) ? secret : throw new ArgumentException(problem);

    public static RunwayOptions Options(Uri address, string key = CanaryKey) =>
        new() { BaseAddress = address, Key = Secret(key) };

    public static HttpRunway Open(RunwayOptions options, TimeProvider? clock = null, ILogger? log = null) =>
        new(options, clock ?? new EagerClock(), () => 0.5, log ?? NullLogger.Instance);
}

/// <summary>
/// Real time for limits, none for waits between repeats: timers below a minute but above the limits specs configure fire
/// at once.
/// </summary>
sealed class EagerClock : TimeProvider
{
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.FromMilliseconds(500) && dueTime < LongestWait ? TimeSpan.Zero : dueTime, period);
}
