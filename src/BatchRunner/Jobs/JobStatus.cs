namespace BatchRunner.Jobs;

/// <summary>The closed set of states a job is shown in; in results.csv in lower case.</summary>
enum JobStatus
{
    /// <summary>Nothing was sent, or another attempt may still be made.</summary>
    Planned,

    /// <summary>A task lives at Runway, or its output is on its way.</summary>
    Running,

    /// <summary>Every output is on disk, checked and synced.</summary>
    Done,

    /// <summary>It ended badly and is not submitted again unless asked.</summary>
    Failed,

    /// <summary>A create may have been charged and its answer was lost: the user decides.</summary>
    Unknown,

    /// <summary>Its task was cancelled.</summary>
    Cancelled,

    /// <summary>Stopped before paying by the screening rules.</summary>
    Screened,
}
