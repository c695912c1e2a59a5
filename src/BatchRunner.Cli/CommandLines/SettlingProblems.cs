using System.Globalization;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.CommandLines;

/// <summary>What can be wrong when somebody speaks of single jobs: one method per code.</summary>
static class SettlingProblems
{
    public static Diagnostic NoSuchJob(string word, int jobs, string? hint) => Error(
        "BR0940", $"`{word}` is none of the {Number(jobs)} jobs here",
        hint ?? "`batchrunner status` shows what is where");

    public static Diagnostic SeveralJobs(string word, IReadOnlyList<string> keys) => Error(
        "BR0941", $"`{word}` means {Number(keys.Count)} jobs",
        $"name one by its key: {string.Join(", ", keys.Select(key => $"`{key}`"))}");

    public static Diagnostic NotUnknown(string job, string what) => Error(
        "BR0942", $"`{job}` is {what}, and only an unknown job can be resolved; nothing was changed", null);

    public static Diagnostic NoneUnknown(string word, int jobs) => Error(
        "BR0930", $"`{word}` matches {Number(jobs)} {(jobs == 1 ? "job" : "jobs")}, none of them unknown; nothing was changed",
        "`batchrunner status --only unknown` shows those that are");

    public static Diagnostic OneWay(int given) => Error(
        "BR0943", given == 0 ? "`resolve` needs to know what became of the create" : "`--task`, `--not-charged` and `--resubmit` exclude each other",
        "add `--task ID` if you found its task, `--not-charged` if it cost nothing, or `--resubmit` to pay again all the same");

    public static Diagnostic BadTaskId(string text) => Error(
        "BR0944", $"`{text}` is no task id", "copy it from Runway's usage page; it looks like `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`");

    public static Diagnostic TaskTaken(string task, string owner) => Error(
        "BR0945", $"task `{task}` is already `{owner}`'s; nothing was changed", null);

    public static Diagnostic NoSuchTask(string task, string host) => Error(
        "BR0946", $"`{host}` has no task `{task}`: it never was, was deleted, or belongs to another project; nothing was changed",
        "if Runway's usage page shows no charge either, use `--not-charged`");

    public static Diagnostic Doubtful(string task, string job, IReadOnlyList<string> reasons) => Error(
        "BR0947", $"task `{task}` does not look like `{job}`'s: {string.Join("; ", reasons)}; nothing was changed",
        "add `--yes` if it is");

    public static Diagnostic PatternNeedsYes(string word) => Error(
        "BR0948", $"`{word}` may mean several jobs; nothing was changed", "add `--yes`");

    public static Diagnostic PatternForTask(string word) => Error(
        "BR0949", $"`{word}` may mean several jobs, but `--task` is one job's; nothing was changed", "name the job");

    public static Diagnostic MayPayTwice(string price, bool isOne) => Error(
        "BR0950", $"{price} may be paid twice, and nobody is there to say yes; nothing was changed",
        isOne ? "add `--yes`, or find its task first" : "add `--yes`, or find their tasks first");

    public static Diagnostic KeyRefused(string message) => Error(
        "BR0951", $"Runway refused the key: {message}", "set `RUNWAYML_API_SECRET` to a key of this account that is not disabled");

    public static Diagnostic NotAsked(string task, string reason) => Error(
        "BR0952", $"task `{task}` could not be asked for: {reason}; nothing was changed", "try again later");

    public static Diagnostic NotSaved(string folder, string reason) => Error(
        "BR0953", $"`{folder}` can't be written: {reason}; what became of the job is not saved", "say it again when the disk takes it");

    public static Diagnostic NothingRuns(string found, string? hint) => Error(
        "BR0954", $"{found}, so there is nothing to cancel", hint);

    public static Diagnostic CancelNotConfirmed(string tasks) => Error(
        "BR0955", $"{tasks} would be deleted, and nobody is there to say yes; nothing was deleted", "add `--yes`");

    static Diagnostic Error(string code, string message, string? hint) => new(code, Severity.Error, message, Hint: hint);

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
