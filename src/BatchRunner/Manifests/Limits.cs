using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests;

/// <summary>The bounds of a run, as written; null is the default named in each comment (design.md section 4).</summary>
sealed record Limits
{
    /// <summary>Running tasks; null: the account's slots.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Tasks that wait at Runway; null: the larger of 2 and a quarter of the slots, rounded up.</summary>
    public int? Ahead { get; init; }

    public int Downloads { get; init; } = 4;

    /// <summary>Credits spent plus reserved over the folder's lifetime; null: no cap.</summary>
    public decimal? MaxCredits { get; init; }

    public SourcePlace? MaxCreditsPlace { get; init; }

    public int MaxJobs { get; init; } = 10_000;

    public SourcePlace? MaxJobsPlace { get; init; }

    /// <summary>Of the run, then it stops as on Ctrl-C with exit 5; null: none.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Never asks a task more often; below 5 s only against loopback.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    public SourcePlace? PollIntervalPlace { get; init; }

    /// <summary>Consent to one second attempt for a task PENDING this long; null: off.</summary>
    public TimeSpan? QueueTimeout { get; init; }

    public TimeSpan RunningTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan CreateTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tasks per job in all, only where a new one is allowed.</summary>
    public int Attempts { get; init; } = 2;

    public int StopAfterFailures { get; init; } = 5;

    /// <summary>0: off.</summary>
    public int StopAfterUnknown { get; init; } = 5;
}
