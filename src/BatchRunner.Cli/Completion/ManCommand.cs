using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Completion;

/// <summary>`man`: prints the manual page. Made from the commands themselves.</summary>
static class ManCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var command = new Verb("man", "prints the manual page, for `man`")
        {
            Examples =
            [
                ("man > ~/.local/share/man/man1/batchrunner.1", "then: man batchrunner"),
                ("man | man -l -", "read it at once"),
            ],
        };
        command.SetAction(parsed => manner.Of(parsed, outside).Answer(
            ManPage.Of(CommandTree.Of((RootCommand)parsed.RootCommandResult.Command)).TrimEnd('\n')));
        return command;
    }
}
