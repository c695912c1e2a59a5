using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Scheduling;

namespace BatchRunner;

/// <summary>How a run ended. Counts are of rows of results.csv.</summary>
public sealed record BatchOutcome
{
    /// <summary>0 all done, 2 nothing was sent, 3 some jobs failed, 5 a limit, 6 the account, 7 can be continued, 9 another
    /// run holds the folder, 11 the folder is damaged, full or read-only, 130 stopped.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why it could not begin, or what could not be written at its end.</summary>
    public Diagnostic? Problem { get; init; }

    /// <summary>Every output is on disk.</summary>
    public int DoneCount { get; init; }

    /// <summary>Failed, cancelled and screened.</summary>
    public int FailedCount { get; init; }

    /// <summary>Tasks that live at Runway, or whose outputs are not all here.</summary>
    public int RunningCount { get; init; }

    /// <summary>May have been charged without anybody knowing.</summary>
    public int UnknownCount { get; init; }

    /// <summary>Not submitted.</summary>
    public int PlannedCount { get; init; }

    /// <summary>Credits this folder has cost so far.</summary>
    public decimal Spent { get; init; }

    /// <summary>Credits held back for what is under way or unknown.</summary>
    public decimal Reserved { get; init; }

    internal static BatchOutcome Refused(int exitCode, Diagnostic problem) => new() { ExitCode = exitCode, Problem = problem };

    internal static BatchOutcome Refused(FolderTrouble trouble, Diagnostic problem) => Refused(
        trouble switch { FolderTrouble.Usage => 2, FolderTrouble.Held => 9, _ => 11 }, problem);

    internal static BatchOutcome Of(RunOutcome outcome, Diagnostic? trouble) => new()
    {
        ExitCode = trouble is not null && outcome.ExitCode is not (130 or 143 or 1) ? 11 : outcome.ExitCode,
        Problem = trouble,
        DoneCount = outcome.Summary.Done,
        FailedCount = outcome.FailedCount,
        RunningCount = outcome.RunningCount,
        UnknownCount = outcome.UnknownCount,
        PlannedCount = outcome.PlannedCount,
        Spent = outcome.Summary.Spent,
        Reserved = outcome.Summary.Reserved,
    };
}
