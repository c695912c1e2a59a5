using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>A job's news in one word.</summary>
static class NewsWords
{
    /// <summary>The word, or null: what can be read off the next news needs no line of its own.</summary>
    public static string? Of(JobNewsKind kind) => kind switch
    {
        JobNewsKind.Submitted => "submitted",
        JobNewsKind.Done => "done",
        JobNewsKind.Retrying => "again",
        JobNewsKind.Failed => "failed",
        JobNewsKind.Cancelled => "cancelled",
        JobNewsKind.Unknown => "unknown",
        _ => null,
    };
}
