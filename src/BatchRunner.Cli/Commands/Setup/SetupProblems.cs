using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Commands.Setup;

/// <summary>What can be wrong before there is a batch: one method per code.</summary>
static class SetupProblems
{
    public static Diagnostic AlreadyThere(string path, int files) => Error(
        "BR0975", $"`{path}`{(files > 1 ? $" and {Figures.Count(files - 1, "more file")}" : "")} would be written over; nothing was written",
        "name another folder behind it");

    public static Diagnostic UnknownTrade(string word, IEnumerable<string> known) => Error(
        "BR0976", $"`init` has nothing for `{word}`, but for {string.Join(", ", known.Select(trade => $"`{trade}`"))}",
        Nearest.Hint(word, known));

    public static Diagnostic NotWritten(string path, string reason) => Error(
        "BR0977", $"`{path}` can't be written: {reason}", "name another folder: `batchrunner init TRADE DIR`");

    static Diagnostic Error(string code, string message, string? hint) => new(code, Severity.Error, message, Hint: hint);
}
