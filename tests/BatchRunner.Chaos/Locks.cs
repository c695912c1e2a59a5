using System.Diagnostics;
using BatchRunner.Simulator;

namespace BatchRunner.Chaos;

/// <summary>
/// Two processes started together on one folder, again and again. Exactly one may work; the other names it, leaves at once and
/// sends nothing. Then the one at work is killed, and the next pair finds the folder free.
/// </summary>
sealed class Locks(int count, int seed, TextWriter output)
{
    const int RoundsPerFolder = 10;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Random dice = new(seed);
    readonly Figures figures = new("locks", seed, output);

    /// <summary>Runs the campaign; true if no invariant broke.</summary>
    public async Task<bool> Run()
    {
        // Nothing ever finishes, so whoever works holds the folder until it is killed.
        var options = new SimulatorOptions { TimeScale = 1, VideoSeconds = new SecondsRange(86_400, 86_400) };
        for (var first = 0; first < count; first += RoundsPerFolder)
        {
            await using var stage = await Stage.Set(100, (seed * 1000L) + first, options);
            for (var round = first; round < Math.Min(count, first + RoundsPerFolder); round++)
            {
                await Race(stage, round);
            }
        }

        await figures.Report();
        return figures.HaveHeld;
    }

    async Task Race(Stage stage, int round)
    {
        string[] keys = [$"key_first_{round}", $"key_second_{round}"];
        var clock = Stopwatch.StartNew();
        using var first = stage.Start([], key: keys[0]);
        await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(50)), TimeProvider.System);
        using var second = stage.Start([], key: keys[1]);
        var ends = new[] { first.End(Patience), second.End(Patience) };
        var out9 = await Task.WhenAny(ends) == ends[1] ? 1 : 0;
        var (loser, winner) = out9 == 1 ? (second, first) : (first, second);
        figures.Time("start to exit", clock.Elapsed);
        figures.Count("rounds of two processes");

        var where = $"round {round}";
        var exit = await ends[out9];
        figures.Hold(exit == 9, where, $"the one left out ended with {exit}; it said:\n{loser.Said}");
        figures.Hold(
            loser.Said.Contains($"process {winner.Id} on", StringComparison.Ordinal), where, $"the holder is not named:\n{loser.Said}");
        figures.Hold(stage.Wire.ConnectionsOf(keys[out9]) == 0, where, "the one left out sent a request");
        var isWorking = await HasConnected(stage, keys[1 - out9], winner);
        figures.Hold(isWorking, where, $"nobody works; it said:\n{winner.Said}");
        figures.Count("exactly one worked", exit == 9 && isWorking ? 1 : 0);
        figures.Count("kill -9 of the holder, the next one got in", isWorking ? 1 : 0);
        winner.Kill();
        await ends[1 - out9];
    }

    static async Task<bool> HasConnected(Stage stage, string key, Child child)
    {
        var clock = Stopwatch.StartNew();
        while (stage.Wire.ConnectionsOf(key) == 0)
        {
            if (child.HasExited || clock.Elapsed > Patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return true;
    }
}
