using BatchRunner.Cli.Text;
using BatchRunner.Jobs;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What a job is, in words that go behind "is".</summary>
static class StateWords
{
    public static string Of(JobState state) => state.Phase switch
    {
        JobPhase.Planned => "planned",
        JobPhase.Intent => "being submitted",
        JobPhase.Submitted => $"running as task `{Task(state)}`",
        JobPhase.Succeeded => $"finished at Runway as task `{Task(state)}`, and not yet downloaded",
        JobPhase.Done => "done",
        JobPhase.Failed => $"failed (`{SafeText.Line(state.Failure?.Code ?? state.Failure?.Class)}`)",
        JobPhase.Cancelled => "cancelled",
        JobPhase.Unknown => "unknown",
        _ => "screened",
    };

    static string Task(JobState state) => SafeText.Line(state.Task?.Value);
}
