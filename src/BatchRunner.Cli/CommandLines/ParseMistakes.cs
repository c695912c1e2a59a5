using System.CommandLine;
using System.CommandLine.Parsing;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.CommandLines;

/// <summary>Turns what the parser did not understand into our own diagnostics.</summary>
static class ParseMistakes
{
    /// <summary>Every mistake on the line, unknown words first.</summary>
    public static IReadOnlyList<Diagnostic> In(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var words = command.Subcommands.Count > 0 ? parsed.UnmatchedTokens.Take(1) : parsed.UnmatchedTokens;

        // A misspelt option is taken for the argument, and pushes the real one out: that one is no mistake.
        var misspelt = Misspelt(parsed).ToList();
        var unknown = misspelt.Concat(words.Skip(misspelt.Count)).Select(word => Unknown(word, command)).ToList();
        var rest = parsed.Errors.Where(error => error.SymbolResult is not null)
            .Select(error => Told(error, command, unknown.Count > 0));
        return [.. unknown.Concat(rest.OfType<Diagnostic>()).Distinct()];
    }

    /// <summary>What stands in an argument's place but looks like an option; behind `--` anything is an argument.</summary>
    public static IEnumerable<string> Misspelt(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? []
            : parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Select(token => token.Value)
                .Where(word => word.Length > 1 && word[0] == '-');

    static Diagnostic Unknown(string word, Command command)
    {
        if (command.Subcommands.Count > 0)
        {
            return word.StartsWith('-')
                ? UsageProblems.UnknownOption(word, "batchrunner", Names(command))
                : UsageProblems.UnknownCommand(word, command.Subcommands.Select(sub => sub.Name));
        }

        return word.StartsWith('-')
            ? UsageProblems.UnknownOption(word.Split('=', 2)[0], command.Name, Names(command))
            : UsageProblems.TooMuch(word, command.Name);
    }

    static Diagnostic? Told(ParseError error, Command command, bool hasUnknown) => error.SymbolResult switch
    {
        ArgumentResult { Argument: { } argument, Tokens.Count: 0 } when command.Arguments.Contains(argument) =>
            // A misspelt option swallows the word behind it: only the option is worth telling.
            hasUnknown ? null : UsageProblems.Missing(command.Name, argument.Name, argument.Description ?? ""),
        OptionResult { Tokens.Count: 0 } option when !error.Message.StartsWith('`') =>
            UsageProblems.BadValue($"`{option.Option.Name}` needs a value: {option.Option.HelpName}"),
        OptionResult option when !error.Message.StartsWith('`') =>
            UsageProblems.BadValue($"`{option.Option.Name}` takes one value, but got {option.Tokens.Count}"),
        CommandResult => null,
        _ => UsageProblems.BadValue(error.Message),
    };

    static IEnumerable<string> Names(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options)
                .Where(option => option.Recursive).Select(option => option.Name));
}
