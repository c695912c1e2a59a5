using System.Diagnostics;
using System.Text;

namespace BatchRunner.EndToEnd.Support;

/// <summary>The real program, started as a user's shell would start it.</summary>
sealed class Command : IDisposable
{
    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder errors = new();

    Command(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(output);

    public string Errors => Read(errors);

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts the program. Its environment is ours without any key, plus what is given.</summary>
    public static Command Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Repository.Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in new[] { "RUNWAYML_API_SECRET", "RUNWAY_API_KEY", "RUNWAYML_BASE_URL", "CI", "GITHUB_ACTIONS" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.StandardInput.Close();
        return new Command(process);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<Ended> Run(
        string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var command = Start(folder, environment, arguments);
        return await command.End();
    }

    /// <summary>Waits for the end, for two minutes at most.</summary>
    public async Task<Ended> End()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the program did not end; it said:\n{Output}\n{Errors}");
        }

        return new Ended(process.ExitCode, Output, Errors);
    }

    /// <summary>Waits until a line on either stream holds a text, for a minute at most, and gives that line.</summary>
    public async Task<string> Says(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var line = (Output + "\n" + Errors).Split('\n').FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal));
            if (line is not null)
            {
                return line;
            }

            if (process.HasExited)
            {
                throw new InvalidOperationException($"the program ended with {process.ExitCode}:\n{Output}\n{Errors}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill() => process.Kill();

    /// <summary>Sends a signal by name, such as INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

/// <summary>How the program ended, and what it said.</summary>
sealed record Ended(int Exit, string Output, string Errors)
{
    public override string ToString() => $"exit {Exit}\n--- stdout\n{Output}\n--- stderr\n{Errors}";
}
