using System.Diagnostics;
using BatchRunner.Jobs;

namespace BatchRunner.Chaos;

/// <summary>
/// The power fails at random moments: the run's folder lies on an ext4 image of its own, and what its block device holds at
/// that moment is all that is left to go on with. With <c>--control 1</c> no sync does anything, and then things must break.
/// </summary>
sealed class Power(int count, int seed, int jobs, bool isControl, TextWriter output)
{
    const int LossesPerBatch = 5;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    static readonly IReadOnlyList<string> NoSync = Strace.Words("fsync", "retval=0");

    readonly Random dice = new(seed);
    readonly Figures figures = new(isControl ? "power (control: no sync does anything)" : "power", seed, output);
    int done;
    int acknowledged;

    /// <summary>Runs the campaign; true if no invariant broke, or, as control, if one did.</summary>
    public async Task<bool> Run()
    {
        for (var batch = 0; done < count; batch++)
        {
            await RunBatch($"batch {batch}", (seed * 1000L) + batch);
        }

        figures.Hold(isControl || acknowledged > 0, "end", "nothing was acknowledged before any loss, so nothing was proved");
        await figures.Report();
        return figures.HaveHeld != isControl;
    }

    async Task RunBatch(string where, long batchSeed)
    {
        await using var stage = await Stage.Set(jobs, batchSeed);
        var folder = Path.Combine(stage.Folder, "out");
        var image = Path.Combine(stage.Folder, "disk.0");
        Directory.CreateDirectory(folder);
        await Do("truncate", "-s", "256M", image);
        await Do("mkfs.ext4", "-q", image);
        await Do("mount", "-o", "loop", image, folder);
        try
        {
            var losses = 0;
            while (losses < LossesPerBatch && done < count)
            {
                var (after, isOver) = await Lose(stage, folder, image, $"{where}, loss {losses}");
                image = after;
                if (isOver)
                {
                    break;
                }

                losses++;
                done++;
            }

            using var last = stage.Start([]);
            var exit = await last.End(Patience);
            figures.Hold(exit is 0 or 7, where, $"I12: exit {exit}; it said:\n{last.Said}");
            figures.Count("jobs left unknown", stage.Journal().Planned.Count(job => job.State.Status == JobStatus.Unknown));
            figures.Broke(where, await Invariants.Broken(stage, losses));
        }
        catch (Exception error) when (isControl && error is IOException or InvalidDataException)
        {
            figures.Broke(where, error.Message);
        }
        finally
        {
            await Do("umount", folder);
        }
    }

    async Task<(string Image, bool IsOver)> Lose(Stage stage, string folder, string image, string where)
    {
        var connections = stage.Wire.ConnectionCount;
        using var child = stage.Start(isControl ? NoSync : []);
        var end = child.End(Patience);
        await stage.FirstRequest(child, connections);
        if (await Task.WhenAny(end, Task.Delay(dice.Next(200, 3000))) == end)
        {
            return (image, true);
        }

        // Whatever stood in the journal a while ago has been acknowledged.
        var journal = stage.Journal();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        child.Kill();
        var after = image + "x";
        await Do("cp", "--sparse=always", image, after);
        await end;
        await Do("umount", folder);
        await Do("mount", "-o", "loop", after, folder);
        File.Delete(image);

        figures.Count("power losses");
        var left = stage.Journal();
        foreach (var job in journal.Jobs.Where(job => job.State.Phase == JobPhase.Done))
        {
            figures.Count("acknowledged files");
            foreach (var file in job.State.Files)
            {
                var there = new FileInfo(stage.Run.PathOf(file.Path));
                figures.Hold(there.Exists && there.Length == file.Bytes, where, $"the acknowledged {file.Path} is missing or short");
            }
        }

        var ids = journal.Jobs.SelectMany(job => job.State.Attempts).Select(a => a.Task?.Value).OfType<string>().ToList();
        var kept = left.Jobs.SelectMany(job => job.State.Attempts).Select(a => a.Task?.Value).ToHashSet();
        figures.Count("acknowledged ids", ids.Count);
        acknowledged += ids.Count;
        figures.Hold(ids.All(kept.Contains), where, $"{ids.Count(id => !kept.Contains(id))} acknowledged ids are lost");
        return (after, false);
    }

    static async Task Do(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
