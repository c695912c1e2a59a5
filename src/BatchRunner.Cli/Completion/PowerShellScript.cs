using System.Text;

namespace BatchRunner.Cli.Completion;

/// <summary>Completion for PowerShell, from 5 on. Where it offers nothing, PowerShell offers files by itself.</summary>
static class PowerShellScript
{
    public static string Of(CommandTree tree)
    {
        var script = new StringBuilder();
        script.Append($$"""
            # Completion of {{CommandTree.Program}} for PowerShell. Made by `{{CommandTree.Program}} completion powershell`.
            Register-ArgumentCompleter -Native -CommandName {{CommandTree.Program}} -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $commands = [ordered]@{

            """);
        foreach (var command in tree.Commands)
        {
            script.Append($"        {Quote(command.Name)} = {Quote(command.Meaning)}\n");
        }

        script.Append("    }\n    $options = @{\n");
        Options(script, "", tree.Everywhere);
        foreach (var command in tree.Commands)
        {
            Options(script, command.Name, command.Options.Concat(tree.Everywhere));
        }

        script.Append("    }\n    $values = @{\n");
        foreach (var command in tree.Commands)
        {
            if (command.Arguments is [{ Choice: { Kind: ChoiceKind.Words } words }, ..])
            {
                Values(script, $"{command.Name} ", words);
            }

            foreach (var option in command.Options.Where(option => option.Value is not null))
            {
                foreach (var name in option.Names)
                {
                    Values(script, $"{command.Name} {name}", option.Choice);
                }
            }
        }

        script.Append("""
                }
                $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                $command = $words | Select-Object -Skip 1 | Where-Object { $commands.Contains($_) } | Select-Object -First 1
                $last = if ($words.Count -gt 1) { $words[-1] } else { '' }
                if ($values.ContainsKey("$command $last")) {
                    $before = if ($wordToComplete.Contains(',')) { $wordToComplete.Substring(0, $wordToComplete.LastIndexOf(',') + 1) } else { '' }
                    $found = $values["$command $last"] | ForEach-Object { @{ Text = $before + $_; Meaning = $_ } }
                } elseif ($wordToComplete.StartsWith('-')) {
                    $found = $options["$command"].GetEnumerator() | Sort-Object Name | ForEach-Object { @{ Text = $_.Name; Meaning = $_.Value } }
                } elseif (-not $command) {
                    $found = $commands.GetEnumerator() | ForEach-Object { @{ Text = $_.Name; Meaning = $_.Value } }
                } elseif ($last -eq $command -and $values.ContainsKey("$command ")) {
                    $found = $values["$command "] | ForEach-Object { @{ Text = $_; Meaning = $_ } }
                } else {
                    return
                }
                $found | Where-Object { $_.Text.StartsWith($wordToComplete) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Text, $_.Text, 'ParameterValue', $_.Meaning)
                }
            }

            """);
        return script.ToString();
    }

    static void Options(StringBuilder script, string command, IEnumerable<TreeOption> options)
    {
        script.Append($"        {Quote(command)} = @{{\n");
        foreach (var option in options)
        {
            foreach (var name in option.Names)
            {
                script.Append($"            {Quote(name)} = {Quote(option.Meaning)}\n");
            }
        }

        script.Append("        }\n");
    }

    static void Values(StringBuilder script, string key, Choice choice)
    {
        if (choice.Kind == ChoiceKind.Words)
        {
            script.Append($"        {Quote(key)} = @({string.Join(", ", choice.Words.Select(Quote))})\n");
        }
    }

    static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
