using System.Diagnostics;

namespace BatchRunner.Benchmarks.Processes;

/// <summary>One start of a program to its end: how long it took and how much memory it held at most.</summary>
/// <param name="Seconds">From the start of the process to its end.</param>
/// <param name="PeakMegabytes">Peak resident set, as the system counts it.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Said">Its standard error, cut to its last lines.</param>
sealed record Child(double Seconds, double PeakMegabytes, int ExitCode, string Said)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs it; its standard output is read and thrown away, as a pipe would.</summary>
    public static async Task<Child> Run(
        IReadOnlyList<string> words, string? folder = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var peak = 0L;
        while (await Task.WhenAny(ended, Task.Delay(Look)) != ended)
        {
            peak = Math.Max(peak, PeakOf(process));
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await output;
        var said = (await errors).TrimEnd();
        return new Child(seconds, peak / 1048576.0, process.ExitCode, said.Length > 2_000 ? said[^2_000..] : said);
    }

    /// <summary>The same several times: the one in the middle.</summary>
    public static async Task<Child> Median(int times, IReadOnlyList<string> words, string? folder = null)
    {
        var all = new List<Child>();
        for (var i = 0; i < times; i++)
        {
            all.Add(await Run(words, folder));
        }

        return all.OrderBy(one => one.Seconds).ElementAt(times / 2);
    }

    static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended in this moment.
            return 0;
        }
    }
}
