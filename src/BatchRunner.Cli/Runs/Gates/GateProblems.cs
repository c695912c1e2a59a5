using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Runs.Gates;

/// <summary>What can keep a run from paying: prompts that are flagged, canaries that nobody can judge. One method per code.</summary>
static class GateProblems
{
    public static Diagnostic BadModerationUrl(string from, string problem) => Error(
        "BR0966", $"{from}: {problem}; nothing was sent", null);

    public static Diagnostic BadModerationKey(string variable, string problem) => Error(
        "BR0967", $"`{variable}` holds no key: {problem}; nothing was sent", null);

    public static Diagnostic ModerationRefused(string host, string message) => Error(
        "BR0968", $"`{host}` judges no prompt: {message}; nothing was sent to Runway",
        "name a moderation endpoint of the OpenAI shape, such as `https://api.openai.com/v1/moderations`, with `--moderation-url`");

    public static Diagnostic ModerationKeyRefused(string host, string variable, string message) => Error(
        "BR0968", $"`{host}` judges no prompt: {message}; nothing was sent to Runway",
        $"set `{variable}` to a key it takes");

    public static Diagnostic ModerationSilent(string host, string reason) => Error(
        "BR0969", $"`{host}` did not judge every prompt: {reason}; nothing was sent to Runway",
        "run it again later: what was judged is not asked again in a folder that has a run");

    public static Diagnostic Flagged(string job, string host, IReadOnlyList<string> categories, SourcePlace? place) => new(
        "BR0970",
        Severity.Warning,
        $"`{job}` is screened and will not be sent: `{host}` flags its prompt"
            + (categories.Count > 0 ? $" for {string.Join(", ", categories)}" : ""),
        place);

    public static Diagnostic NobodyForCanary() => Error(
        "BR0971", "`--canary` asks before the rest, and nobody is there to be asked; nothing was sent",
        "add `--canary-check COMMAND`: exit code 0 lets the rest go on");

    public static Diagnostic CheckWithoutCanary() => Error(
        "BR0972", "`--canary-check` needs `--canary N`: there is nothing to check", null);

    public static Diagnostic NoSuchCheck(string program) => Error(
        "BR0973", $"`--canary-check` names `{program}`, which can't be found or run; nothing was sent",
        "name a program with its path; for a line of shell say `sh -c '…'`");

    public static Diagnostic NoCommand(string problem) => Error("BR0974", $"`--canary-check`: {problem}", null);

    static Diagnostic Error(string code, string message, string? hint) =>
        new(code, Severity.Error, message, Hint: hint);
}
