using BatchRunner.Cli.Text;
using BatchRunner.Jobs;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>Why a job is in its state.</summary>
static class WhyWords
{
    public static string Of(JobState state) => state.Phase switch
    {
        JobPhase.Planned when state.Fence == 0 => "nothing was ever sent for it",
        JobPhase.Planned when state.Attempts.Length == 0 => "its creates were refused: nothing was made, and nothing was charged",
        JobPhase.Planned => "its last attempt is over, and another is allowed",
        JobPhase.Intent => "its create is on the way: a run is at work",
        JobPhase.Submitted when state.CancelAsked is not null => "its task was to be cancelled, and Runway has not confirmed it",
        JobPhase.Submitted => state.LastSeen == Runway.TaskStatus.Other
            ? "its task is at Runway, and was not asked for yet"
            : $"its task is at Runway, last seen {EventWords.Word(state.LastSeen)}",
        JobPhase.Succeeded when state.Reason is { } reason => $"what was saved of it is no longer whole: {Text(reason)}",
        JobPhase.Succeeded => "its task has its outputs, and not all of them are on disk",
        JobPhase.Done => state.IsSuperseded
            ? "every output is on disk; they were moved aside for a newer request"
            : "every output is on disk, checked and synced",
        JobPhase.Failed => $"{Text(state.Failure?.Message).TrimEnd('.')}; `{Text(state.Failure?.Class)}`: {Meaning(state)}",
        JobPhase.Cancelled => "its task was cancelled",
        JobPhase.Unknown => $"{Text(state.Reason)}: its create may have made a task, and nobody knows which",
        _ => $"a screening rule stopped it: {Text(state.Reason)}",
    };

    static string Meaning(JobState state)
    {
        var known = FailureClasses.Named(state.Failure?.Class ?? "");
        return known is null
            ? "a class this version does not know"
            : known.Meaning + (known.MayRepeat
                ? "; another attempt is made by itself if this one cost nothing and `attempts` allows it"
                : "; no attempt is made by itself");
    }

    static string Text(string? text) => SafeText.Line(text);
}
