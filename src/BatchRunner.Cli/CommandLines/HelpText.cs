using System.CommandLine;
using System.CommandLine.Invocation;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.CommandLines;

/// <summary>Writes a command's help: what it is, examples, what it takes. Goes to standard output: it is the answer.</summary>
sealed class HelpText : SynchronousCommandLineAction
{
    const int Width = 100;

    static readonly IReadOnlyList<(string Line, string Meaning)> First =
    [
        ("validate batch.yaml", "every mistake, with its place; sends nothing"),
        ("plan batch.yaml", "every job and what it would cost; sends nothing"),
        ("run batch.yaml --simulate", "try it: no key, no money, real files"),
        ("run batch.yaml", "shows the price, asks, then pays"),
    ];

    /// <summary>The variables that are read, with their meanings.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Variables { get; } =
    [
        ("RUNWAYML_API_SECRET", "the key (or RUNWAY_API_KEY); never read from a manifest or an argument"),
        ("RUNWAYML_BASE_URL", "another server that speaks the API; `--base-url` comes first"),
        ("BATCHRUNNER_MODERATION_URL", "has prompts judged before paying; `--moderation-url` comes first"),
        ("BATCHRUNNER_MODERATION_KEY", "the key for that, if it wants one"),
        ("NO_COLOR", "no colours, and plain lines while a run goes on"),
        ("CI", "the same"),
        ("GITHUB_ACTIONS", "mistakes and failed jobs are also told at their lines"),
        ("GITHUB_STEP_SUMMARY", "there, `plan` and the end of a `run` are also added to the step's page"),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCode.Done;
    }

    /// <summary>The help of a command.</summary>
    public static void Write(Command command, TextWriter writer)
    {
        var isRoot = command is RootCommand;
        var path = isRoot ? "batchrunner" : $"batchrunner {command.Name}";
        writer.WriteLine($"{path}: {command.Description}");
        writer.WriteLine();
        writer.WriteLine($"  {path}{Usage(command)}");
        var examples = isRoot ? First : (command as Verb)?.Examples ?? [];
        Section(writer, "Examples", [.. examples.Select(example => ("batchrunner " + example.Line, example.Meaning))]);

        Section(writer, "Commands", [.. command.Subcommands.Select(sub => (sub.Name, sub.Description ?? ""))]);
        Section(writer, "Arguments", [.. command.Arguments.Select(a => (a.Name, a.Description ?? ""))]);
        Section(writer, "Options", [.. Shown(command.Options.Where(option => !IsEverywhere(option)))]);
        if (isRoot)
        {
            Section(writer, "Everywhere", [.. Shown(command.Options.Where(IsEverywhere))]);
            Section(writer, "Variables", Variables);
            Section(writer, "Exit codes", ExitCode.All);
            writer.WriteLine("  " + ExitCode.Several);
        }
        else
        {
            writer.WriteLine();
            writer.WriteLine("`batchrunner --help` has the options that work everywhere, and the exit codes.");
        }
    }

    /// <summary>What an option may be typed as, short forms first.</summary>
    public static IEnumerable<string> NamesOf(Option option) => option.Aliases.Order(StringComparer.Ordinal)
        .Where(alias => alias is not "/?" and not "/h" and not "-?")
        .Append(option.Name);

    static bool IsEverywhere(Option option) => option.Recursive || option.Name == "--version";

    static string Usage(Command command) => string.Concat(
        command.Subcommands.Count > 0 ? " COMMAND" : "",
        string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.Name}]" : $" {a.Name}")),
        " [options]");

    static IEnumerable<(string, string)> Shown(IEnumerable<Option> options) => options.Where(option => !option.Hidden)
        .Select(option => (
            string.Join(", ", NamesOf(option)) + (option.HelpName is { } value ? " " + value : ""),
            option.Description ?? ""));

    static void Section(TextWriter writer, string title, IReadOnlyList<(string Left, string Right)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(title);
        var left = rows.Max(row => row.Left.Length);
        foreach (var (name, meaning) in rows)
        {
            var indent = new string(' ', left + 4);
            var lines = Paragraph.Lines(meaning, Math.Max(30, Width - left - 4));
            writer.WriteLine($"  {name.PadRight(left)}  {lines[0]}".TrimEnd());
            foreach (var line in lines.Skip(1))
            {
                writer.WriteLine(indent + line);
            }
        }
    }
}
