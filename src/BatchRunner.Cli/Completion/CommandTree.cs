using System.CommandLine;
using BatchRunner.Catalogue;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Commands.Setup;

namespace BatchRunner.Cli.Completion;

/// <summary>What the command line takes, as shells and manual pages need to know it.</summary>
/// <param name="Commands">Every command, in the order of help.</param>
/// <param name="Everywhere">The options that every command takes.</param>
sealed record CommandTree(IReadOnlyList<TreeCommand> Commands, IReadOnlyList<TreeOption> Everywhere)
{
    /// <summary>The name that is typed.</summary>
    public const string Program = "batchrunner";

    /// <summary>The tree of a root command.</summary>
    public static CommandTree Of(RootCommand root) => new(
        [.. root.Subcommands.Where(command => !command.Hidden).Select(Of)],
        [.. root.Options.Where(option => option.Recursive && !option.Hidden).Select(Of)]);

    static TreeCommand Of(Command command) => new(
        command.Name,
        command.Description ?? "",
        (command as Verb)?.Examples ?? [],
        [.. command.Arguments.Select(argument => new TreeArgument(
            argument.Name, argument.Description ?? "", argument.Arity.MinimumNumberOfValues == 0, Choice.Of(argument.Name)))],
        [.. command.Options.Where(option => !option.Hidden).Select(Of)]);

    static TreeOption Of(Option option) => new(
        [.. HelpText.NamesOf(option)], option.Description ?? "", option.HelpName, Choice.Of(option.HelpName ?? ""));
}

/// <summary>A command.</summary>
sealed record TreeCommand(
    string Name,
    string Meaning,
    IReadOnlyList<(string Line, string Meaning)> Examples,
    IReadOnlyList<TreeArgument> Arguments,
    IReadOnlyList<TreeOption> Options);

/// <summary>A word that has its place.</summary>
sealed record TreeArgument(string Name, string Meaning, bool IsOptional, Choice Choice);

/// <summary>An option.</summary>
/// <param name="Names">Short first.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Value">What its value is called; null: it is a switch.</param>
/// <param name="Choice">What may be completed behind it.</param>
sealed record TreeOption(IReadOnlyList<string> Names, string Meaning, string? Value, Choice Choice);

/// <summary>What a shell can offer for a value.</summary>
/// <param name="Kind">Files, folders, words, or nothing.</param>
/// <param name="Words">The words, if it is words.</param>
sealed record Choice(ChoiceKind Kind, IReadOnlyList<string> Words)
{
    /// <summary>By what a value is called in help.</summary>
    public static Choice Of(string name) => name switch
    {
        "BATCH" or "FILE" => new(ChoiceKind.Files, []),
        "DIR" => new(ChoiceKind.Folders, []),
        "STATE,…" => new(ChoiceKind.Words, Selection.States),
        "TRADE" => new(ChoiceKind.Words, [.. Starter.All.Select(starter => starter.Trade)]),
        "SHELL" => new(ChoiceKind.Words, [.. CompletionCommand.Shells.Select(shell => shell.Name)]),
        "NAME" => new(ChoiceKind.Words, [.. ModelCatalogue.BuiltIn.Models.Select(model => model.Name).Distinct().Order(StringComparer.Ordinal)]),
        _ => new(ChoiceKind.Nothing, []),
    };
}

/// <summary>Kinds of <see cref="Choice"/>.</summary>
enum ChoiceKind
{
    Nothing,
    Files,
    Folders,
    Words,
}
