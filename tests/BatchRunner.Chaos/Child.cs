using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BatchRunner.Chaos;

/// <summary>One start of the real program, which may be killed at any moment.</summary>
sealed class Child : IDisposable
{
    readonly Process process;
    readonly StringBuilder said = new();

    Child(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Both streams, in order of arrival.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts the program, under another one (such as strace) if <paramref name="under"/> says so.</summary>
    public static Child Start(string folder, string key, IReadOnlyList<string> under, params IReadOnlyList<string> arguments)
    {
        string[] words = [.. under, "dotnet", Path.Combine(AppContext.BaseDirectory, "BatchRunner.Cli.dll"), .. arguments];
        var start = new ProcessStartInfo(words[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        start.Environment.Remove("RUNWAY_API_KEY");
        start.Environment.Remove("RUNWAYML_BASE_URL");
        start.Environment["RUNWAYML_API_SECRET"] = key;
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, "state");
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start");
        process.StandardInput.Close();
        return new Child(process);
    }

    /// <summary>kill -9, with whatever it started.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in this moment.
        }
    }

    /// <summary>Sends a signal by name, such as INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)])
        {
            // It may have ended by itself in this moment.
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("kill did not start");
        kill.WaitForExit();
    }

    /// <summary>Waits for its end and gives its exit code; kills it after the limit and throws.</summary>
    public async Task<int> End(TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"the program did not end within {limit}; it said:\n{Said}");
        }

        return process.ExitCode;
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    void Keep(string? line)
    {
        if (line is not null)
        {
            lock (said)
            {
                said.Append(line).Append('\n');
            }
        }
    }
}
