using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Results;

/// <summary>What results.csv says at one moment: every planned job in plan order, then the orphans that cost or may cost.</summary>
/// <param name="Axes">The axes that give the columns, without `template`.</param>
/// <param name="Rows">The rows, already in order.</param>
sealed record ResultsTable(IReadOnlyList<Axis> Axes, IReadOnlyList<ResultRow> Rows);

/// <summary>A job and how far it has come.</summary>
/// <param name="Job">What was planned.</param>
/// <param name="State">What the journal knows.</param>
/// <param name="IsOrphaned">Its row is gone from the manifest.</param>
sealed record ResultRow(JobSpec Job, JobState State, bool IsOrphaned = false)
{
    /// <summary>The journal's word on why it failed, is unknown or was screened, or null.</summary>
    public string? Failure => State.Failure?.Message ?? State.Reason;

    /// <summary>Runway's code, or the name of our own class of failure, or null.</summary>
    public string? FailureCode => State.Failure is { } failure ? failure.Code ?? failure.Class : null;

    /// <summary>What the user can do about it, or null if there is nothing to do.</summary>
    public string? NextStep => State.Status switch
    {
        JobStatus.Failed => FailureClasses.Named(State.Failure?.Class ?? "")?.NextStep,
        JobStatus.Running => "run again: it is picked up, not paid again",
        JobStatus.Unknown => "look in Runway's usage page whether it was charged; it is not sent again by itself",
        JobStatus.Cancelled => "run with `--only cancelled` to submit it again",
        JobStatus.Screened => "change the prompt, or the screening rule",
        _ => null,
    };
}
