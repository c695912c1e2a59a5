using System.Diagnostics;
using BatchRunner.Templating.Attacks;

namespace BatchRunner.Benchmarks.Templating;

/// <summary>Renders the hand-written attacks and many generated ones, and says what the dearest of them took.</summary>
static class TemplateAttack
{
    public const int DefaultCount = 100_000;
    public const int DefaultSeed = 20_261_120;

    public static int Run(int count, int seed, TextWriter output)
    {
        var known = AttackCorpus.Read(Path.Combine(AppContext.BaseDirectory, "Attacks", "attacks.txt"));
        var generator = new AttackGenerator(seed, known);
        var clock = Stopwatch.StartNew();
        var failures = 0;
        var slowest = (Time: TimeSpan.Zero, Text: "");
        var largest = (Bytes: 0L, Text: "");
        foreach (var text in known.Concat(Enumerable.Range(0, count).Select(_ => generator.Next())))
        {
            var (wrong, time, bytes) = OnSmallStack(text);
            slowest = time > slowest.Time ? (time, text) : slowest;
            largest = bytes > largest.Bytes ? (bytes, text) : largest;
            if (wrong is not null && ++failures <= 20)
            {
                output.WriteLine($"{wrong}\n  {Shorten(text)}");
            }
        }

        output.WriteLine($"{known.Count} hand-written and {count} generated attacks (seed {seed}) in {clock.Elapsed.TotalSeconds:F0} s: {failures} failures");
        output.WriteLine($"slowest {slowest.Time.TotalMilliseconds:F0} ms: {Shorten(slowest.Text)}");
        output.WriteLine($"largest {largest.Bytes / 1048576.0:F1} MB allocated: {Shorten(largest.Text)}");
        output.WriteLine($"peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return failures == 0 ? 0 : 1;
    }

    static (string? Wrong, TimeSpan Time, long Bytes) OnSmallStack(string text)
    {
        (string? Wrong, TimeSpan Time, long Bytes) result = default;
        var thread = new Thread(() => result = AttackRun.Try(text), AttackRun.StackBytes);
        thread.Start();
        thread.Join();
        return result;
    }

    static string Shorten(string text) => text.Length <= 500 ? text : $"{text[..500]}… ({text.Length} characters)";
}
