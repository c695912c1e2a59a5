using System.Collections.Immutable;

namespace BatchRunner.Scheduling;

/// <summary>Why a run did not go on to the end of its plan.</summary>
enum StopReason
{
    /// <summary>Ctrl-C.</summary>
    Interrupted,

    /// <summary>SIGTERM.</summary>
    Terminated,

    /// <summary>`max_duration`.</summary>
    MaxDuration,

    /// <summary>`max_credits`, or no price beside a cap.</summary>
    Budget,

    /// <summary>The API's estimate is above the catalogue's price.</summary>
    DearerThanPlanned,

    /// <summary>`stop_after_failures`.</summary>
    TooManyFailures,

    /// <summary>`stop_after_unknown`.</summary>
    TooManyUnknown,

    /// <summary>429 again and again.</summary>
    KeptBusy,

    /// <summary>The first jobs were not good enough for the rest to be paid for.</summary>
    CanaryRefused,

    KeyRefused,
    NoCredits,
    DailyCap,

    /// <summary>Connections are refused, and never was one taken: nobody is there.</summary>
    NobodyListens,

    /// <summary>The folder is damaged, full or read-only.</summary>
    DiskFailed,

    /// <summary>Our mistake.</summary>
    Unexpected,
}

/// <summary>How a run ended: of the selected jobs, how many stand where, and what stopped it.</summary>
sealed record RunOutcome
{
    public required RunSummary Summary { get; init; }

    /// <summary>Selected jobs whose task lives at Runway, or whose outputs are not all here.</summary>
    public int RunningCount { get; init; }

    public int UnknownCount { get; init; }

    /// <summary>Failed, screened and cancelled.</summary>
    public int FailedCount { get; init; }

    public int PlannedCount { get; init; }

    public ImmutableHashSet<StopReason> Stops { get; init; } = [];

    /// <summary>One exit code for all that applies, the gravest first: 130/143, 1, 11, 6, 5, 7, 3.</summary>
    public int ExitCode
    {
        get
        {
            foreach (var (reason, code) in ByGravity)
            {
                if (Stops.Contains(reason))
                {
                    return code;
                }
            }

            return RunningCount + UnknownCount > 0 ? 7
                : FailedCount > 0 ? 3
                : PlannedCount > 0 ? 7
                : 0;
        }
    }

    static readonly (StopReason Reason, int Code)[] ByGravity =
    [
        (StopReason.Interrupted, 130),
        (StopReason.Terminated, 143),
        (StopReason.Unexpected, 1),
        (StopReason.DiskFailed, 11),
        (StopReason.KeyRefused, 6),
        (StopReason.NoCredits, 6),
        (StopReason.DailyCap, 6),
        (StopReason.MaxDuration, 5),
        (StopReason.Budget, 5),
        (StopReason.DearerThanPlanned, 5),
        (StopReason.TooManyFailures, 5),
        (StopReason.TooManyUnknown, 5),
        (StopReason.KeptBusy, 5),
        (StopReason.NobodyListens, 7),
        (StopReason.CanaryRefused, 7),
    ];
}
