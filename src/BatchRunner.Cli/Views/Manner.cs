using System.CommandLine;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Views;

/// <summary>How a command speaks: the options that every command has.</summary>
sealed class Manner
{
    readonly Option<bool> plain = new("--plain") { Description = "one line per thing: no excerpts", Recursive = true };
    readonly Option<bool> json = new("--json") { Description = "JSON lines on standard output", Recursive = true };
    readonly Option<bool> noColor = new("--no-color") { Description = "no colours (also NO_COLOR)", Recursive = true };

    public IReadOnlyList<Option> Options => [plain, json, noColor];

    /// <summary>The voice a command line asks for.</summary>
    public Voice Of(ParseResult parsed, Surroundings outside) => new(
        outside,
        parsed.GetValue(json) ? DiagnosticForm.Json : parsed.GetValue(plain) ? DiagnosticForm.Plain : DiagnosticForm.Full,
        !parsed.GetValue(noColor) && outside.Variable("NO_COLOR") is null && outside.Variable("CI") is null);
}
