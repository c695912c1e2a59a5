using System.Text;

namespace BatchRunner.Cli.Completion;

/// <summary>Completion for fish, from 3.0 on.</summary>
static class FishScript
{
    public static string Of(CommandTree tree)
    {
        var script = new StringBuilder($"# Completion of {CommandTree.Program} for fish. Made by `{CommandTree.Program} completion fish`.\n");
        Line(script, "-f");
        foreach (var option in tree.Everywhere)
        {
            Line(script, Names(option), "-d", Quote(option.Meaning));
        }

        foreach (var command in tree.Commands)
        {
            Line(script, "-n __fish_use_subcommand", "-a", command.Name, "-d", Quote(command.Meaning));
        }

        foreach (var command in tree.Commands)
        {
            var here = $"-n '__fish_seen_subcommand_from {command.Name}'";
            if (command.Arguments is [{ Choice.Kind: not ChoiceKind.Nothing } first, ..])
            {
                Line(script, here, Offer(first.Choice, isList: false));
            }

            foreach (var option in command.Options)
            {
                Line(
                    script, here, Names(option),
                    option.Value is { } value ? $"-r {Offer(option.Choice, value == "STATE,…")}".TrimEnd() : "",
                    "-d", Quote(option.Meaning));
            }
        }

        return script.ToString();
    }

    static void Line(StringBuilder script, params IEnumerable<string> parts) =>
        script.Append($"complete -c {CommandTree.Program} {string.Join(' ', parts.Where(part => part.Length > 0))}\n");

    static string Names(TreeOption option) => string.Join(' ', option.Names.Select(name =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}"));

    static string Offer(Choice choice, bool isList) => choice.Kind switch
    {
        ChoiceKind.Files => "-F",
        ChoiceKind.Folders => "-f -a '(__fish_complete_directories)'",
        ChoiceKind.Words when isList => $"-f -a '(__fish_append , {string.Join(' ', choice.Words)})'",
        ChoiceKind.Words => $"-f -a {Quote(string.Join(' ', choice.Words))}",
        _ => "-f",
    };

    static string Quote(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
