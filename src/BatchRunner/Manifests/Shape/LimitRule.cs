using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Shape;

/// <summary>What kind of number a limit is.</summary>
enum LimitKind
{
    Count,
    Credits,
    Duration,
}

/// <summary>One limit: its key, range and place in <see cref="Limits"/>. Durations count in milliseconds here.</summary>
/// <param name="Key">As written.</param>
/// <param name="Kind">What it counts.</param>
/// <param name="Least">The least value allowed.</param>
/// <param name="Most">The most.</param>
/// <param name="Word">A word that stands for the default, or null.</param>
/// <param name="Set">Puts the value where it belongs.</param>
sealed record LimitRule(
    string Key, LimitKind Kind, decimal Least, decimal Most, string? Word, Func<Limits, decimal, SourcePlace, Limits> Set)
{
    const decimal Month = 30 * 24 * 3_600_000m;

    public static IReadOnlyList<LimitRule> All { get; } =
    [
        new("concurrency", LimitKind.Count, 1, 10_000, "auto",
            (limits, count, _) => limits with { Concurrency = (int)count }),
        new("ahead", LimitKind.Count, 0, 10_000, "auto", (limits, count, _) => limits with { Ahead = (int)count }),
        new("downloads", LimitKind.Count, 1, 64, null, (limits, count, _) => limits with { Downloads = (int)count }),
        new("max_credits", LimitKind.Credits, 0, 1_000_000_000, null,
            (limits, credits, place) => limits with { MaxCredits = credits, MaxCreditsPlace = place }),
        new("max_jobs", LimitKind.Count, 1, 1_000_000, null,
            (limits, count, place) => limits with { MaxJobs = (int)count, MaxJobsPlace = place }),
        new("max_duration", LimitKind.Duration, 1, Month, null,
            (limits, span, _) => limits with { MaxDuration = Time(span) }),
        new("poll_interval", LimitKind.Duration, 1, 3_600_000, null,
            (limits, span, place) => limits with { PollInterval = Time(span), PollIntervalPlace = place }),
        new("queue_timeout", LimitKind.Duration, 1, Month, "off",
            (limits, span, _) => limits with { QueueTimeout = Time(span) }),
        new("running_timeout", LimitKind.Duration, 1, Month, null,
            (limits, span, _) => limits with { RunningTimeout = Time(span) }),
        new("create_timeout", LimitKind.Duration, 1, 3_600_000, null,
            (limits, span, _) => limits with { CreateTimeout = Time(span) }),
        new("attempts", LimitKind.Count, 1, 10, null, (limits, count, _) => limits with { Attempts = (int)count }),
        new("stop_after_failures", LimitKind.Count, 1, 1_000_000, null,
            (limits, count, _) => limits with { StopAfterFailures = (int)count }),
        new("stop_after_unknown", LimitKind.Count, 0, 1_000_000, null,
            (limits, count, _) => limits with { StopAfterUnknown = (int)count }),
    ];

    static TimeSpan Time(decimal milliseconds) => TimeSpan.FromMilliseconds((long)milliseconds);
}
