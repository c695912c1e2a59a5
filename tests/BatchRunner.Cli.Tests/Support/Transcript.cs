using System.Text;
using System.Text.RegularExpressions;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>
/// Plays the command lines of a case in its folder, in this process. Its file `commands` has one command per line, without
/// the program's name. A line `NAME=value` sets a variable for the commands behind it; a line that <see cref="Shell"/> knows
/// changes the folder; a line with `@` is a direction to the <see cref="Stage"/>: what the world does meanwhile.
/// </summary>
static partial class Transcript
{
    const string Commands = "commands";

    /// <summary>What was typed, what came back on both streams, and the exit codes.</summary>
    public static async Task<string> Play(CaseFile story)
    {
        var script = story.Text(Commands).Split('\n')[..^1];
        await using var desk = Desk.Bare(script.Any(line => line.StartsWith("@server", StringComparison.Ordinal)) ? null : new ManualClock());
        story.WriteFiles(desk.Folder);
        var said = new StringBuilder();
        await using var stage = new Stage(desk, said);
        foreach (var line in script)
        {
            if (Assignment().Match(line) is { Success: true } assignment)
            {
                desk.Variables[assignment.Groups[1].Value] = assignment.Groups[2].Value;
            }
            else if (line.StartsWith('@'))
            {
                said.Append($"# {line[1..]}\n");
                await stage.Direct(line[1..]);
            }
            else if (Shell.Knows(line))
            {
                said.Append($"$ {line}\n").Append(Shell.Do(line, desk.Folder));
            }
            else
            {
                await stage.Type(line);
            }
        }

        return await stage.Masked();
    }

    [GeneratedRegex("^([A-Z_]+)=(.*)$")]
    private static partial Regex Assignment();
}
