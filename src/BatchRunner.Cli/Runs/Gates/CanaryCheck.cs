using System.ComponentModel;
using System.Diagnostics;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Runs.Gates;

/// <summary>
/// The user's own program that looks at the canaries: exit code 0 lets the rest go on. It is started as it is, by no shell,
/// hears of the run in environment variables, and gets none of our keys.
/// </summary>
/// <param name="program">Full path of the program.</param>
/// <param name="arguments">What stands behind it.</param>
sealed class CanaryCheck(string program, IReadOnlyList<string> arguments)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The check a command line names, or null and what is wrong with it.</summary>
    public static CanaryCheck? Of(string command, Surroundings outside, DiagnosticBag problems)
    {
        if (CommandWords.Split(command, out var problem) is not [var name, .. var rest])
        {
            problems.Add(GateProblems.NoCommand(problem ?? "there is no command"));
            return null;
        }

        if (Programs.FindTyped(name, outside) is not { } program)
        {
            problems.Add(GateProblems.NoSuchCheck(SafeText.Line(name)));
            return null;
        }

        return new CanaryCheck(program, rest);
    }

    /// <summary>Runs it to its end; null if it was ended by us. What it prints is talk.</summary>
    /// <param name="variables">What it is told.</param>
    /// <param name="most">How long it may take; null: as long as it wants.</param>
    /// <param name="voice">Says what it prints.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<int?> Run(
        IReadOnlyDictionary<string, string> variables, TimeSpan? most, Voice voice, TimeProvider time, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Programs.TakeKeysFrom(start);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var limit = most is { } longest ? new CancellationTokenSource(longest, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var process = Start(start);
        process.StandardInput.Close();
        var talk = Task.WhenAll(Relay(process.StandardOutput, voice), Relay(process.StandardError, voice));
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            End(process);
            return null;
        }

        // A child of it may hold the pipes for longer: nobody waits for that.
        await Task.WhenAny(talk, Task.Delay(Patience, TimeProvider.System, CancellationToken.None));
        return process.ExitCode;
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException($"`{start.FileName}` did not start");
        }
        catch (Win32Exception error)
        {
            throw new IOException(error.Message, error);
        }
    }

    static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself a moment ago, or a child of it did.
        }
    }

    static async Task Relay(StreamReader from, Voice voice)
    {
        try
        {
            while (await from.ReadLineAsync() is { } line)
            {
                voice.Say($"  | {SafeText.Line(line)}");
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Its end of the pipe is gone: nothing more is said.
        }
    }
}
