using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;

namespace BatchRunner.Scheduling.Steps;

/// <summary>
/// Gives files the names the plan wants, recording each job's when all of its have theirs. Can be cut off anywhere and
/// done again: a file that is at its new name already counts as moved.
/// </summary>
sealed class FileMover(IJobStore store, RunFolder folder, RunClock clock)
{
    /// <summary>Why it could not be done, or null.</summary>
    public async Task<string?> Move(IReadOnlyList<FileMove> moves, CancellationToken cancel)
    {
        try
        {
            // Two jobs may swap names: whoever stands in the way first goes aside.
            var sources = moves.Select(move => move.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var move in moves.Where(move => sources.Contains(move.To)))
            {
                Rename(move.From, AsideOf(move));
            }

            foreach (var move in moves)
            {
                var from = File.Exists(folder.PathOf(AsideOf(move))) ? AsideOf(move) : move.From;
                if (Rename(from, move.To) is { } trouble)
                {
                    return trouble;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"a file can't be renamed: {Disk.Describe(error)}";
        }

        foreach (var job in moves.GroupBy(move => move.Key))
        {
            var to = job.ToDictionary(move => move.From, move => move.To, StringComparer.Ordinal);
            var state = store.Get(job.Key);
            List<JobFile> files = [.. state.Files.Select(file => file with { Path = to.GetValueOrDefault(file.Path, file.Path) })];
            if (await store.Append(job.Key, new JobEvent.Moved(clock.Now, files, job.First().IsSuperseded), cancel)
                is AppendAnswer.DiskFailed failed)
            {
                return $"the journal can't be written: {failed.Reason}";
            }
        }

        return null;
    }

    static string AsideOf(FileMove move) =>
        ".batchrunner/moving-" + move.Key.Hex + "-" + move.To.Replace('/', '_');

    string? Rename(string from, string to)
    {
        var (source, target) = (folder.PathOf(from), folder.PathOf(to));
        if (!File.Exists(source))
        {
            // Moved before the last run was cut off, or gone: then it is found missing under its new name.
            return null;
        }

        if (OutputFolder.Prepare(folder, to) is { } refused)
        {
            return refused;
        }

        if (!Disk.RenameIfFree(source, target))
        {
            return $"`{from}` can't be renamed to `{to}`: a file that is not ours has that name";
        }

        Disk.SyncDirectory(Path.GetDirectoryName(target) ?? folder.Root);
        Disk.SyncDirectory(Path.GetDirectoryName(source) ?? folder.Root);
        return null;
    }
}
