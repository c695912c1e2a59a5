using System.Diagnostics;
using BatchRunner.Jobs;

namespace BatchRunner.Chaos;

/// <summary>
/// Ctrl-C and SIGTERM at random moments, once and twice, while creates are on their way most of the time. Every batch is then
/// continued to its end, and the ledger says what was paid.
/// </summary>
sealed class Stops(int count, int seed, int jobsPerBatch, TextWriter output)
{
    const int StopsPerBatch = 10;

    static readonly TimeSpan CreateDelay = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Random dice = new(seed);
    readonly Figures figures = new("stops", seed, output);
    int done;

    /// <summary>Runs the campaign; true if no invariant broke.</summary>
    public async Task<bool> Run()
    {
        for (var batch = 0; done < count; batch++)
        {
            await RunBatch(batch);
            await figures.Tell($"batch {batch}: {done} stops, {figures.BrokenCount} broken");
        }

        await figures.Report();
        return figures.HaveHeld;
    }

    async Task RunBatch(int batch)
    {
        await using var stage = await Stage.Set(jobsPerBatch, (seed * 1000L) + batch);
        stage.Wire.CreateDelay = CreateDelay;
        var (before, twice) = (done, 0);
        for (var stop = 0; stop < StopsPerBatch && done < count; stop++)
        {
            var isTwice = dice.Next(2) == 1;
            if (!await StopOnce(stage, $"batch {batch}, stop {stop}", dice.Next(2) == 1 ? ("INT", 130) : ("TERM", 143), isTwice))
            {
                break;
            }

            done++;
            twice += isTwice ? 1 : 0;
        }

        stage.Wire.CreateDelay = TimeSpan.Zero;
        using var last = stage.Start([]);
        var exit = await last.End(Patience);
        var unknown = stage.Journal().Planned.Count(job => job.State.Status == JobStatus.Unknown);
        figures.Count("jobs left unknown", unknown);
        figures.Hold(exit == (unknown > 0 ? 7 : 0), $"batch {batch}", $"I12: exit {exit} with {unknown} unknown; it said:\n{last.Said}");
        figures.Broke($"batch {batch}", await Invariants.Broken(stage, twice));
        if (done == before)
        {
            // A batch that ended before its first signal proves nothing.
            figures.Broke($"batch {batch}", "no stop came in time");
            done++;
        }
    }

    async Task<bool> StopOnce(Stage stage, string where, (string Name, int Exit) signal, bool isTwice)
    {
        var doubtBefore = Doubtful(stage);
        // Some while it starts, most while it works.
        var connections = dice.Next(5) == 0 ? -1 : stage.Wire.ConnectionCount;
        using var child = stage.Start([]);
        var end = child.End(Patience);
        await stage.FirstRequest(child, connections);
        if (await Task.WhenAny(end, Task.Delay(dice.Next(100, 3000))) == end)
        {
            return false;
        }

        var clock = Stopwatch.StartNew();
        var at = TimeProvider.System.GetUtcNow();
        child.Signal(signal.Name);
        if (isTwice)
        {
            await Task.WhenAny(end, Task.Delay(dice.Next(200)));
            isTwice = !child.HasExited;
        }

        if (isTwice)
        {
            clock.Restart();
            child.Signal(signal.Name);
        }

        var exit = await end;
        var took = clock.Elapsed;
        if (exit is 0 or 7)
        {
            // It had ended by itself in this moment.
            return false;
        }

        var kind = $"SIG{signal.Name} {(isTwice ? "twice" : "once")}";
        figures.Count(kind);
        figures.Time($"exit after the {(isTwice ? "second" : "first")} signal", took);
        figures.Hold(exit == signal.Exit, where, $"{kind}: exit {exit}; it said:\n{child.Said}");
        figures.Hold(took < TimeSpan.FromSeconds(isTwice ? 1 : 10), where, $"{kind}: it took {took.TotalSeconds:0.0} s");
        var late = stage.Wire.Creates.Count(create => create > at + TimeSpan.FromSeconds(1));
        figures.Hold(late == 0, where, $"I5: {late} creates left more than a second after the signal");
        var doubt = Doubtful(stage) - doubtBefore;
        figures.Hold(doubt <= (isTwice ? 1 : 0), where, $"{kind}: {doubt} more jobs are unknown; it said:\n{child.Said}");
        figures.Count(isTwice ? "unknown by two signals" : "unknown by one signal", doubt);
        return true;
    }

    static int Doubtful(Stage stage) =>
        stage.Journal().Jobs.Count(job => job.State.Phase is JobPhase.Intent or JobPhase.Unknown);
}
