using System.Diagnostics;

namespace BatchRunner.Benchmarks.Processes;

/// <summary>One start of a program to its end: how long it took and how much memory it held at most.</summary>
/// <param name="Seconds">From the start of the process to its end.</param>
/// <param name="PeakMegabytes">Peak resident set, as the system counts it.</param>
/// <param name="ProcessorSeconds">What it took of all cores, as last seen before it ended.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Said">Its standard error, cut to its last lines.</param>
sealed record Child(double Seconds, double PeakMegabytes, double ProcessorSeconds, int ExitCode, string Said)
{
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
        // Looking costs what is looked at some of the processor: the longer it runs, the less often.
        var (peak, busy) = (0L, TimeSpan.Zero);
        while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(clock.ElapsedMilliseconds / 50, 10, 100)))) != ended)
        {
            (peak, busy) = Seen(process, peak, busy);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await output;
        var said = (await errors).TrimEnd();
        return new Child(seconds, peak / 1048576.0, busy.TotalSeconds, process.ExitCode, said.Length > 2_000 ? said[^2_000..] : said);
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

    static (long Peak, TimeSpan Busy) Seen(Process process, long peak, TimeSpan busy)
    {
        try
        {
            process.Refresh();
            return (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime);
        }
        catch (InvalidOperationException)
        {
            // It ended in this moment.
            return (peak, busy);
        }
    }
}
