using System.Text;

namespace BatchRunner.Cli.Completion;

/// <summary>Completion for zsh, to be put into fpath or sourced.</summary>
static class ZshScript
{
    public static string Of(CommandTree tree)
    {
        var script = new StringBuilder();
        script.Append($$"""
            #compdef {{CommandTree.Program}}
            # Completion of {{CommandTree.Program}} for zsh. Made by `{{CommandTree.Program}} completion zsh`.
            _{{CommandTree.Program}}() {
                local curcontext=$curcontext state line
                local -a commands
                commands=(

            """);
        foreach (var command in tree.Commands)
        {
            script.Append($"        {Quote($"{command.Name}:{command.Meaning}")}\n");
        }

        script.Append($$"""
                )
                _arguments -C {{string.Join(' ', tree.Everywhere.Select(Spec))}} '1: :->command' '*:: :->rest' && return
                case $state in
                    command) _describe command commands ;;
                    rest)
                        case $words[1] in

            """);
        foreach (var command in tree.Commands)
        {
            script.Append($"                {command.Name})\n                    _arguments");
            var specs = command.Options.Concat(tree.Everywhere).Select(Spec)
                .Concat(command.Arguments.Select((argument, i) => Quote($"{i + 1}:{argument.Name}:{Action(argument.Choice)}")));
            foreach (var spec in specs)
            {
                script.Append($" \\\n                        {spec}");
            }

            script.Append(" ;;\n");
        }

        script.Append($$"""
                        esac ;;
                esac
            }
            if [[ $funcstack[1] == _{{CommandTree.Program}} ]]; then
                _{{CommandTree.Program}} "$@"
            else
                compdef _{{CommandTree.Program}} {{CommandTree.Program}}
            fi

            """);
        return script.ToString();
    }

    static string Spec(TreeOption option)
    {
        var rest = $"[{Escape(option.Meaning)}]" + (option.Value is { } value ? $":{Escape(value)}:{Action(option.Choice, value == "STATE,…")}" : "");
        return option.Names is [var only]
            ? Quote(only + rest)
            : $"{Quote($"({string.Join(' ', option.Names)})")}{{{string.Join(',', option.Names)}}}{Quote(rest)}";
    }

    static string Action(Choice choice, bool isList = false) => choice.Kind switch
    {
        ChoiceKind.Files => "_files",
        ChoiceKind.Folders => "_directories",
        ChoiceKind.Words when isList => $"_sequence compadd - {string.Join(' ', choice.Words)}",
        ChoiceKind.Words => $"({string.Join(' ', choice.Words)})",
        _ => " ",
    };

    static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c is '[' or ']' or ':' or '\\' ? $"\\{c}" : c.ToString());
        }

        return escaped.ToString();
    }

    static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
