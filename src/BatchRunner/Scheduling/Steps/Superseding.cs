using System.Collections.Concurrent;
using BatchRunner.Journaling;
using BatchRunner.Planning;

namespace BatchRunner.Scheduling.Steps;

/// <summary>
/// Old clips whose places jobs with other requests take. Each stays where it is until its replacement has been made: one
/// that the cap, the account or the user stops takes nothing away.
/// </summary>
sealed class Superseding : IDisposable
{
    readonly RunFolder folder;
    readonly FileMover mover;
    readonly SemaphoreSlim turn = new(1);
    readonly ConcurrentDictionary<string, List<FileMove>> byPlace = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="leaving">What is to leave.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="mover">Renames and records.</param>
    public Superseding(IReadOnlyList<FileMove> leaving, RunFolder folder, FileMover mover)
    {
        (this.folder, this.mover) = (folder, mover);
        foreach (var job in leaving.GroupBy(move => move.Key))
        {
            // All files of a job leave together.
            var moves = job.ToList();
            moves.ForEach(move => byPlace[move.From] = moves);
        }
    }

    /// <summary>The place is held by an old clip of ours, which will leave it.</summary>
    public bool WillFree(string path) => byPlace.ContainsKey(path);

    /// <summary>Why the clip in that place could not leave it, or null.</summary>
    public string? Obstacle(string path) => byPlace.GetValueOrDefault(path)?
        .Find(move => File.Exists(folder.PathOf(move.From)) && Path.Exists(folder.PathOf(move.To))) is { } stuck
            ? $"`{stuck.From}` can't move to `{stuck.To}`: something has that name"
            : null;

    /// <summary>Lets the clip in that place leave it, if there is one. Why it could not, or null.</summary>
    public async Task<string?> Free(string path, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (!byPlace.TryGetValue(path, out var moves))
            {
                return null;
            }

            if (await mover.Move(moves, CancellationToken.None) is { } trouble)
            {
                return trouble;
            }

            // Only once: what stands there from now on is the new job's.
            moves.ForEach(move => byPlace.TryRemove(move.From, out _));
            return null;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
