using BatchRunner.Journaling;

namespace BatchRunner.Cli;

/// <summary>What the process tells whoever started it; the numbers are a promise.</summary>
static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>A mistake of ours.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line, the manifest, a CSV or a template is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>Finished, but some jobs failed.</summary>
    public const int SomeFailed = 3;

    /// <summary>The selection matched nothing.</summary>
    public const int NothingSelected = 4;

    /// <summary>Stopped by a limit: budget, duration or too many failures.</summary>
    public const int Limit = 5;

    /// <summary>The account: key refused, no credits, daily quota.</summary>
    public const int Account = 6;

    /// <summary>Can be continued: jobs not submitted yet, still running, or unknown.</summary>
    public const int Unfinished = 7;

    /// <summary>The saved plan is stale.</summary>
    public const int Stale = 8;

    /// <summary>Another run holds the folder.</summary>
    public const int FolderHeld = 9;

    /// <summary>`plan --detailed-exitcode`: there is work.</summary>
    public const int Work = 10;

    /// <summary>The run's folder is damaged, full or read-only, or holds media without a journal.</summary>
    public const int Folder = 11;

    /// <summary>Interrupted; the state is saved.</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to end; the state is saved.</summary>
    public const int Terminated = 143;

    /// <summary>The code of a folder that can't be worked in.</summary>
    public static int Of(FolderTrouble trouble) => trouble switch
    {
        FolderTrouble.Usage => Usage,
        FolderTrouble.Held => FolderHeld,
        _ => Folder,
    };

    /// <summary>Which one it is where there is more than one reason.</summary>
    public const string Several = "If several apply: 130/143, 1, 11, 6, 5, 7, 3.";

    /// <summary>Each code with its meaning, for help and README.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> All { get; } =
    [
        ("0", "all done"),
        ("1", "unexpected error"),
        ("2", "usage, manifest, CSV or template is wrong; nothing was sent"),
        ("3", "finished, some jobs failed (screened and cancelled count)"),
        ("4", "the selection matched nothing"),
        ("5", "stopped by a limit: budget, duration, too many failures, or a model dearer than its catalogue says"),
        ("6", "the account: key refused, no credits, daily quota"),
        ("7", "can be continued: jobs not submitted yet, still running, or unknown; or nobody listens at the server's address"),
        ("8", "the saved plan is stale: what it was made from has changed"),
        ("9", "another run holds the folder"),
        ("10", "`plan --detailed-exitcode`: there is work"),
        ("11", "run folder damaged, read-only or without room for the next clip, or media without a journal in it"),
        ("130, 143", "interrupted, state saved"),
    ];
}
