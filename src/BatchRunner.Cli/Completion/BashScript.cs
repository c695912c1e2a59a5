using System.Text;

namespace BatchRunner.Cli.Completion;

/// <summary>Completion for bash, from 3.2 on: macOS has no newer one.</summary>
static class BashScript
{
    public static string Of(CommandTree tree)
    {
        var commands = tree.Commands.Select(command => command.Name).ToList();
        var script = new StringBuilder();
        script.Append($$"""
            # Completion of {{CommandTree.Program}} for bash. Made by `{{CommandTree.Program}} completion bash`.
            _{{CommandTree.Program}}() {
                local IFS=$'\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i
                COMPREPLY=()
                # `--option=value` comes as three words.
                if [[ $cur == "=" ]]; then
                    cur=
                elif [[ $prev == "=" ]]; then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
                        {{string.Join('|', commands)}}) command=${COMP_WORDS[i]}; break ;;
                    esac
                done
                case $command:$prev in

            """);
        foreach (var command in tree.Commands)
        {
            foreach (var option in command.Options.Where(option => option.Value is not null))
            {
                var patterns = string.Join('|', option.Names.Select(name => $"{command.Name}:{name}"));
                script.Append($"        {patterns}) {Offer(option.Choice, isList: option.Value == "STATE,…")} return ;;\n");
            }
        }

        script.Append("""
                esac
                case $command in

            """);
        var everywhere = tree.Everywhere.SelectMany(option => option.Names).ToList();
        script.Append($"        '') {Words(commands.Concat(everywhere))} ;;\n");
        foreach (var command in tree.Commands)
        {
            var options = Words(command.Options.SelectMany(option => option.Names).Concat(everywhere));
            var argument = command.Arguments is [var first, ..] ? Offer(first.Choice, isList: false) : "";
            script.Append($"        {command.Name}) if [[ $cur == -* ]]; then {options}; else {(argument.Length > 0 ? argument : ":;")} fi ;;\n");
        }

        script.Append($$"""
                esac
            }
            complete -F _{{CommandTree.Program}} {{CommandTree.Program}}

            """);
        return script.ToString();
    }

    static string Offer(Choice choice, bool isList) => choice.Kind switch
    {
        ChoiceKind.Files => "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\"));",
        ChoiceKind.Folders => "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$cur\"));",
        // Of a list with commas the last word is completed.
        ChoiceKind.Words when isList =>
            $"local before=; [[ $cur == *,* ]] && before=${{cur%,*}},; {Words(choice.Words, "-P \"$before\" ", "${cur##*,}")}; compopt -o nospace 2>/dev/null;",
        ChoiceKind.Words => Words(choice.Words) + ";",
        _ => "",
    };

    static string Words(IEnumerable<string> words, string more = "", string cur = "$cur") =>
        $"COMPREPLY=($(compgen {more}-W $'{string.Join("\\n", words)}' -- \"{cur}\"))";
}
