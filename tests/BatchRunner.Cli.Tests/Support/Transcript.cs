using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>
/// Plays the command lines of a case in its folder, in this process. Its file `commands` has one command per line, without
/// the program's name; a line `NAME=value` sets a variable for the commands behind it, `cp FROM TO` changes a file, and
/// `cat FILE` shows one.
/// </summary>
static partial class Transcript
{
    const string Commands = "commands";

    /// <summary>What was typed, what came back on both streams, and the exit codes.</summary>
    public static async Task<string> Play(CaseFile story)
    {
        using var folder = new TempFolder();
        story.WriteFiles(folder);
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.FullPath);
        try
        {
            var variables = new Dictionary<string, string>();
            var said = new StringBuilder();
            foreach (var line in await File.ReadAllLinesAsync(folder[Commands], TestContext.Current.CancellationToken))
            {
                if (Assignment().Match(line) is { Success: true } assignment)
                {
                    variables[assignment.Groups[1].Value] = assignment.Groups[2].Value;
                }
                else if (line.Split(' ') is ["cat", var shown])
                {
                    said.Append($"$ {line}\n").Append(await File.ReadAllTextAsync(folder[shown], TestContext.Current.CancellationToken));
                }
                else if (line.Split(' ') is ["cp", var from, var to])
                {
                    said.Append($"$ {line}\n");
                    File.Copy(folder[from], folder[to], overwrite: true);
                }
                else
                {
                    await Play(line, variables, said);
                }
            }

            // The folder is another one each time.
            return said.Replace(folder.FullPath, "/home/me/ads").ToString();
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    static async Task Play(string line, Dictionary<string, string> variables, StringBuilder said)
    {
        using var interrupts = new Interrupts();
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var exit = await CommandLine.Run(
            [.. Words().Matches(line).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal))],
            new Surroundings
            {
                Output = output,
                Error = error,
                Variable = name => variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null,
                Time = new ManualClock(),
                Interrupts = interrupts,
            });
        said.Append($"$ batchrunner {line}".TrimEnd()).Append('\n');
        Write(said, "", output.ToString());
        Write(said, "! ", error.ToString());
        said.Append(CultureInfo.InvariantCulture, $"exit {exit}\n");
    }

    // What goes to standard error begins with an exclamation mark.
    static void Write(StringBuilder said, string before, string text)
    {
        foreach (var line in text.Split('\n')[..^1])
        {
            said.Append((before + line).TrimEnd()).Append('\n');
        }
    }

    [GeneratedRegex("^([A-Z_]+)=(.*)$")]
    private static partial Regex Assignment();

    [GeneratedRegex("('[^']*'|[^ '])+")]
    private static partial Regex Words();
}
