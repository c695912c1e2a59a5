namespace BatchRunner.Scheduling;

/// <summary>The bounds of one run, all decided: nothing in it is "automatic" any more but the slots.</summary>
sealed record RunOptions
{
    /// <summary>Running tasks per model at most; null: as many as the account allows.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Tasks that wait at Runway; null: the larger of 2 and a quarter of the slots, rounded up.</summary>
    public int? Ahead { get; init; }

    public int Downloads { get; init; } = 4;

    public decimal? MaxCredits { get; init; }

    public TimeSpan? MaxDuration { get; init; }

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan? QueueTimeout { get; init; }

    public TimeSpan RunningTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public int Attempts { get; init; } = 2;

    /// <summary>Failures of one class in a row that stop submitting; 0: off.</summary>
    public int StopAfterFailures { get; init; } = 5;

    /// <summary>Unknown jobs in a row that stop submitting; 0: off.</summary>
    public int StopAfterUnknown { get; init; } = 5;

    /// <summary>Asks of all tasks together; more only where `poll_interval` is shorter than Runway is ever asked, on loopback.</summary>
    public double PollsPerSecond { get; init; } = MostPolls;

    /// <summary>Asks that may be on the way at once.</summary>
    public int PollWorkers { get; init; } = 8;

    /// <summary>What a stopping run waits for a create and for downloads that are under way.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Collects and downloads what was submitted earlier; submits nothing.</summary>
    public bool IsCollectOnly { get; init; }

    const double MostPolls = 20;
    const double UsualInterval = 5;

    /// <summary>The limits of a manifest.</summary>
    public static RunOptions From(Manifests.Limits limits) => new()
    {
        Concurrency = limits.Concurrency,
        Ahead = limits.Ahead,
        Downloads = limits.Downloads,
        MaxCredits = limits.MaxCredits,
        MaxDuration = limits.MaxDuration,
        PollInterval = limits.PollInterval,
        PollsPerSecond = Math.Max(MostPolls, MostPolls * UsualInterval / Math.Max(limits.PollInterval.TotalSeconds, 0.001)),
        QueueTimeout = limits.QueueTimeout,
        RunningTimeout = limits.RunningTimeout,
        Attempts = limits.Attempts,
        StopAfterFailures = limits.StopAfterFailures,
        StopAfterUnknown = limits.StopAfterUnknown,
    };
}
