using System.Diagnostics;
using System.Globalization;
using BatchRunner.Jobs;
using BatchRunner.Simulator;

namespace BatchRunner.Chaos;

/// <summary>
/// kill -9 again and again: at random moments, at moments of a create on the wire, and at the k-th write, fsync, send or
/// rename. Every batch is then continued to its end, and the ledger says what was paid.
/// </summary>
sealed class Kills(int count, int seed, int jobsPerBatch, TextWriter output)
{
    const int KillsPerBatch = 20;

    // Slow enough that a batch is not finished before it has been killed that often.
    static readonly SimulatorOptions Slow = new() { TimeScale = 60 };

    // A moment that has not come that long after the first request will not come: the kill falls wherever the program is.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // What the program does to the disk and the wire; k is where its own calls of one thread lie.
    static readonly (string Kind, string Call, int Most, Func<Stage, string?> Path)[] Calls =
    [
        ("journal write", "write", 5, stage => stage.Run.Journal),
        ("journal fsync", "fsync", 5, stage => stage.Run.Journal),
        ("any fsync", "fsync", 8, _ => null),
        ("write of media and log", "pwrite64", 8, _ => null),
        ("rename of media", "renameat2", 2, _ => null),
        ("rename of results", "rename", 2, _ => null),
        ("send", "sendto", 6, _ => null),
    ];

    readonly Random dice = new(seed);
    readonly SortedDictionary<string, (int Kills, int InDoubt)> histogram = [];
    readonly List<string> broken = [];
    int done;
    int missed;
    int unknown;

    /// <summary>Runs the campaign; true if no invariant broke.</summary>
    public async Task<bool> Run()
    {
        var clock = Stopwatch.StartNew();
        for (var batch = 0; done < count; batch++)
        {
            await RunBatch(batch, Math.Min(KillsPerBatch, count - done));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"batch {batch}: {done} kills, {unknown} unknown, {broken.Count} broken, {clock.Elapsed.TotalSeconds:0} s"));
        }

        await Report();
        return broken.Count == 0;
    }

    async Task RunBatch(int batch, int kills)
    {
        await using var stage = await Stage.Set(jobsPerBatch, (seed * 1000L) + batch, Slow);
        var (made, inDoubt) = (0, 0);
        while (made < kills)
        {
            var (kind, ended) = await KillOnce(stage);
            if (ended)
            {
                // The batch was finished before the moment came.
                missed++;
                break;
            }

            made++;
            // With its run gone, whoever reads the journal takes an intent without its id for unknown.
            var now = stage.Journal().Jobs.Count(job => job.State.Phase is JobPhase.Intent or JobPhase.Unknown);
            var (all, doubtful) = histogram.GetValueOrDefault(kind);
            histogram[kind] = (all + 1, doubtful + (now > inDoubt ? 1 : 0));
            inDoubt = now;
        }

        done += made;
        using var last = stage.Start([]);
        var exit = await last.End(Patience);
        var doubt = stage.Journal().Planned.Count(job => job.State.Status == JobStatus.Unknown);
        unknown += doubt;
        if (exit != (doubt > 0 ? 7 : 0))
        {
            broken.Add($"batch {batch}: I12: exit {exit} with {doubt} unknown jobs; it said:\n{last.Said}");
        }

        broken.AddRange((await Invariants.Broken(stage, made)).Select(sentence => $"batch {batch}: {sentence}"));
    }

    async Task<(string Kind, bool Ended)> KillOnce(Stage stage)
    {
        switch (dice.Next(10))
        {
            case < 1:
                return await KillAtRandomMoment(stage);
            case < 7:
                return await KillOnTheWire(stage, (Cut)dice.Next(3));
            default:
                return await KillAtCall(stage, Calls[dice.Next(Calls.Length)]);
        }
    }

    async Task<(string, bool)> KillAtRandomMoment(Stage stage)
    {
        // Half of them while it starts: reading, locking, recording the plan.
        var connections = dice.Next(2) == 0 ? -1 : stage.Wire.ConnectionCount;
        using var child = stage.Start([]);
        return ("random moment", await HasEnded(stage, child, connections, TimeSpan.FromMilliseconds(dice.Next(200, 3500))) is not null);
    }

    async Task<(string, bool)> KillOnTheWire(Stage stage, Cut cut)
    {
        var kind = cut switch
        {
            Cut.BeforeServer => "create sent, not arrived",
            Cut.BeforeAnswer => "create charged, not answered",
            _ => "create answered",
        };
        using var killed = new SemaphoreSlim(0);
        Child? child = null;
        stage.Wire.SetTrap(dice.Next(1, 4), cut, () =>
        {
            child?.Kill();
            killed.Release();
        });
        var connections = stage.Wire.ConnectionCount;
        child = stage.Start([]);
        using (child)
        {
            var exit = await HasEnded(stage, child, connections, LongestWait);
            stage.Wire.ClearTrap();
            return exit is null ? ("random moment", false) : (kind, !await killed.WaitAsync(0));
        }
    }

    async Task<(string, bool)> KillAtCall(Stage stage, (string Kind, string Call, int Most, Func<Stage, string?> Path) at)
    {
        // strace counts per thread, so the k-th call comes sooner or later on whichever thread gets there first.
        var k = dice.Next(1, at.Most + 1).ToString(CultureInfo.InvariantCulture);
        var connections = stage.Wire.ConnectionCount;
        using var child = stage.Start(Strace.Words(at.Call, $"signal=KILL:when={k}", at.Path(stage)));
        return await HasEnded(stage, child, connections, LongestWait) is { } exit
            ? ($"at a {at.Kind}", exit is 0 or 7)
            : ("random moment", false);
    }

    // Its exit code, or null: it was killed that long after its first request.
    static async Task<int?> HasEnded(Stage stage, Child child, int connections, TimeSpan within)
    {
        await stage.FirstRequest(child, connections);
        try
        {
            return await child.End(within);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    async Task Report()
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"{"where the kill fell",-34}{"kills",8}{"an intent without its id",28}");
        foreach (var (kind, (kills, inDoubt)) in histogram)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kind,-34}{kills,8}{inDoubt,28}"));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{"all",-34}{histogram.Values.Sum(v => v.Kills),8}{histogram.Values.Sum(v => v.InDoubt),28}"));
        await output.WriteLineAsync();
        await output.WriteLineAsync($"seed {seed}: {done} kills, {unknown} jobs unknown, {broken.Count} broken invariants; "
            + $"{missed} more came too late");
        foreach (var sentence in broken.Take(40))
        {
            await output.WriteLineAsync(sentence);
        }
    }
}
