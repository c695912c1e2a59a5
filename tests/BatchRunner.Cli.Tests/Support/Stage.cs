using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>
/// The world a transcript is played in: a desk, and what a line with `@` brings about. `@server FAULTS` stands in for
/// Runway; `@moderator STATUS BODY` or `@moderator flags WORD` judges prompts; `@held FILE` is held by another until
/// `@free`; `@answer TEXT` is typed at the next question; `@meanwhile TEXT: COMMAND` is done when the next command says
/// that text; `@disk N` fails from its Nth write on during the next command; `@verdict JOB WORD` is given in a review.
/// A command that ends in ` &amp;> log` is not shown; of one that ends in ` | grep -A1 BR`, only mistakes and the line behind each.
/// One that begins with `env NAME=value` is a process of its own.
/// </summary>
sealed partial class Stage(Desk desk, StringBuilder said) : IAsyncDisposable
{
    const string Hidden = " &> log";

    readonly List<FileStream> held = [];
    ModerationServer? moderator;
    bool isNobody;

    /// <summary>Does a direction, without its `@`.</summary>
    public async Task Direct(string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var more] ? (first, more) : (line, "");
        switch (word)
        {
            case "server":
                await desk.Start(rest);
                break;
            case "moderator":
                moderator = new ModerationServer(question => Judge(rest, question));
                desk.Variables["BATCHRUNNER_MODERATION_URL"] = moderator.Url;
                break;
            case "held":
                held.Add(new FileStream(Shell.One(desk.Folder, rest), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
                break;
            case "free":
                held.ForEach(file => file.Dispose());
                held.Clear();
                break;
            case "answer":
                desk.Answer = rest;
                break;
            case "meanwhile":
                var (text, command) = (rest[..rest.IndexOf(": ", StringComparison.Ordinal)], rest[(rest.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
                desk.When = (text, _ => desk.Type(command).GetAwaiter().GetResult());
                break;
            case "disk":
                var from = int.Parse(rest, CultureInfo.InvariantCulture);
                desk.Disk = new FakeDisk { FailsWrite = number => number >= from };
                break;
            case "nobody":
                // Who may read everything is told of no file that can't be read.
                isNobody = Environment.IsPrivilegedProcess;
                Shell.Permit(desk.Folder.FullPath, "755");
                break;
            case "verdict":
                await Judge(rest.Split(' '));
                break;
            default:
                throw new ArgumentException($"no such direction: @{line}");
        }
    }

    /// <summary>Types a command, and says what came of it.</summary>
    public async Task Type(string line)
    {
        var only = OnlyMistakes().Match(line);
        var typed = line.Replace(Hidden, "", StringComparison.Ordinal)[..^only.Length];
        var (exit, output, errors) = typed.StartsWith("env ", StringComparison.Ordinal) ? await Process([.. Words().Matches(typed).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal))]) : await Here(typed);
        said.Append(line.StartsWith("env ", StringComparison.Ordinal)
            ? $"$ {line.Replace(typed, string.Join(' ', typed.Split(' ').Take(2).Append("batchrunner").Concat(typed.Split(' ').Skip(2))), StringComparison.Ordinal)}\n"
            : $"$ batchrunner {line}".TrimEnd() + "\n");
        if (!line.EndsWith(Hidden, StringComparison.Ordinal))
        {
            int? behind = only.Success ? int.Parse(only.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
            Write("", output, behind);
            Write("! ", errors, behind);
        }

        said.Append(CultureInfo.InvariantCulture, $"exit {exit}\n");
    }

    /// <summary>All that was said, without what differs each time: the folder, ports, processes, machines, ids and moments.</summary>
    public async Task<string> Masked()
    {
        var text = said.Replace(desk.Folder.FullPath, "/home/me/ads").ToString();
        if (desk.Server is not { } server)
        {
            return text;
        }

        foreach (var (task, number) in (await desk.Charges()).Select((task, i) => (task, i + 1)))
        {
            text = text.Replace(task, $"TASK-{number}", StringComparison.Ordinal);
        }

        text = Port(server).Replace(text, "4711");
        text = Holder().Replace(text, "process 815 on `studio` since 2026-11-20 09:30:00Z");
        text = Record().Replace(text, "N");
        text = Moment().Replace(text, "2026-11-20 09:30:00Z");
        return Outside().Replace(text, "batchrunner-ID");
    }

    public async ValueTask DisposeAsync()
    {
        held.ForEach(file => file.Dispose());
        if (moderator is not null)
        {
            await moderator.DisposeAsync();
        }
    }

    static string? Judge(string how, ModerationQuestion question) => how.Split(' ', 2) switch
    {
        ["flags", var word] => ModerationServer.Verdict(question.Prompt.Contains(word, StringComparison.Ordinal) ? ["violence"] : []),
        [var status, var body] => ModerationServer.Answer(int.Parse(status, CultureInfo.InvariantCulture), body),
        _ => null,
    };

    async Task Judge(string[] words)
    {
        await using var review = await OpenReview.Start(desk.Folder["batch.yaml"]);
        var (key, task) = review.Jobs[words[0]];
        var answer = await review.Post(key, task, words[1], "");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var problem = json.RootElement.TryGetProperty("problem", out var told) ? told.GetString() : "kept";
        said.Append(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {problem}\n");
    }

    async Task<(int Exit, string Output, string Errors)> Here(string line)
    {
        var charges = line.Contains("$TASK-", StringComparison.Ordinal) ? await desk.Charges() : [];
        string[] arguments =
        [
            .. Words().Matches(line).Select(word => Task().Replace(
                word.Value.Replace("'", "", StringComparison.Ordinal).Replace("$PORT", $"{desk.Server?.Port}", StringComparison.Ordinal),
                task => charges[int.Parse(task.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1])),
        ];
        try
        {
            var exit = isNobody ? AsNobody(arguments) : await desk.Run(arguments);
            return (exit, desk.Output, desk.Errors);
        }
        finally
        {
            (desk.Answer, desk.When, desk.Disk) = (null, null, new Journaling.LocalDisk());
        }
    }

    // Of a thread alone, for as long as it does not wait for another.
    int AsNobody(string[] arguments)
    {
        var become = Marshal.GetDelegateForFunctionPointer<SetFileUser>(
            NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "setfsuid"));
        var exit = -1;
        var thread = new Thread(() =>
        {
            become(65534);
            exit = desk.Run(arguments).GetAwaiter().GetResult();
        });
        thread.Start();
        thread.Join();
        return exit;
    }

    async Task<(int Exit, string Output, string Errors)> Process(string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these are told with a shell, or with locks as Unix has them");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BatchRunner.Cli.dll"), .. words[2..]])
        {
            WorkingDirectory = desk.Folder.FullPath,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "RUNWAYML_API_SECRET", "RUNWAYML_BASE_URL", "HOME" })
        {
            start.Environment[name] = desk.Variable(name);
        }

        start.Environment[words[1].Split('=')[0]] = words[1].Split('=')[1];
        using var process = System.Diagnostics.Process.Start(start) ?? throw new InvalidOperationException("no process");
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    // What goes to standard error begins with an exclamation mark.
    void Write(string before, string text, int? behind)
    {
        var shown = 0;
        foreach (var line in text.Split('\n')[..^1])
        {
            shown = behind is { } more && Mistake().IsMatch(line) ? more + 1 : shown - 1;
            if (behind is null || shown > 0)
            {
                said.Append((before + line).TrimEnd()).Append('\n');
            }
        }
    }

    static Regex Port(Uri server) => new($@"(?<=127\.0\.0\.1:|port ){server.Port}\b");

    [GeneratedRegex("process [0-9]+ on `[^`]+`( since [0-9-]+ [0-9:]+Z)?")]
    private static partial Regex Holder();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@" \| grep -A([0-9]) BR$")]
    private static partial Regex OnlyMistakes();

    [GeneratedRegex("(?<=record |torn-|ended in )[0-9]+")]
    private static partial Regex Record();

    [GeneratedRegex("batchrunner-[0-9a-f]{32,}")]
    private static partial Regex Outside();

    [GeneratedRegex("BR[0-9]{4}")]
    private static partial Regex Mistake();

    [GeneratedRegex(@"\$TASK-([0-9]+)")]
    private static partial Regex Task();

    [GeneratedRegex("('[^']*'|[^ '])+")]
    private static partial Regex Words();

    delegate int SetFileUser(int user);
}
