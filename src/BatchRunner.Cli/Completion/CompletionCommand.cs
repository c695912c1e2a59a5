using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Completion;

/// <summary>`completion`: prints what makes a shell complete our command lines. Made from the commands themselves.</summary>
static class CompletionCommand
{
    /// <summary>The shells, with what writes their scripts.</summary>
    public static IReadOnlyList<(string Name, Func<CommandTree, string> Script)> Shells { get; } =
    [
        ("bash", BashScript.Of),
        ("zsh", ZshScript.Of),
        ("fish", FishScript.Of),
        ("powershell", PowerShellScript.Of),
    ];

    public static Command Build(Manner manner, Surroundings outside)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or powershell" };
        var command = new Verb("completion", "prints a script that makes a shell complete commands, options and models")
        {
            Examples =
            [
                ("completion bash > ~/.local/share/bash-completion/completions/batchrunner", "for bash, from the next shell on"),
                ("completion zsh > ~/.zfunc/_batchrunner", "for zsh, if ~/.zfunc is in fpath before compinit"),
                ("completion fish > ~/.config/fish/completions/batchrunner.fish", "for fish"),
                ("completion powershell >> $PROFILE", "for PowerShell"),
            ],
            Arguments = { shell },
        };
        command.SetAction(parsed =>
        {
            var voice = manner.Of(parsed, outside);
            var name = parsed.GetRequiredValue(shell);
            if (Shells.FirstOrDefault(each => each.Name == name).Script is not { } script)
            {
                return voice.Refuse(UsageProblems.UnknownShell(name, Shells.Select(each => each.Name)));
            }

            voice.Answer(script(CommandTree.Of((RootCommand)parsed.RootCommandResult.Command)).TrimEnd('\n'));
            return ExitCode.Done;
        });
        return command;
    }
}
