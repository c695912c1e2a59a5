using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Expansion;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Runway;

namespace BatchRunner.Journaling;

/// <summary>
/// A second place for task ids that the journal could not take: a file per run's folder, outside of it. The next run finds
/// them, so that a full disk does not make a paid task unknown.
/// </summary>
/// <param name="Folder">A folder of the user, on another disk if possible.</param>
/// <param name="RunId">The run folder's own id.</param>
sealed record EmergencyIds(string Folder, string RunId)
{
    /// <summary>The file.</summary>
    public string Path => OutsideFiles.PathOf(Folder, RunId, ".ids");

    /// <summary>Saves an id as well as it can; null, or why it could not.</summary>
    public string? Save(JobKey job, int fence, TaskId task)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            var line = new JsonObject { ["key"] = job.Hex, ["fence"] = fence, ["task"] = task.Value }.ToJsonString() + "\n";
            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes(line));
            Disk.Sync(file.SafeFileHandle);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Disk.Describe(error);
        }
    }

    /// <summary>What was saved, oldest first. Lines that can't be read are left out.</summary>
    public IReadOnlyList<EmergencyId> Read()
    {
        try
        {
            return File.Exists(Path) ? [.. File.ReadLines(Path).Select(Parse).OfType<EmergencyId>()] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without it its jobs are unknown, as they would be had it never been written.
            return [];
        }
    }

    /// <summary>Everything in it is in the journal now.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Read again next time, and ignored then: the journal knows its ids.
        }
    }

    static EmergencyId? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.GetProperty("key").GetString() is { } key && root.GetProperty("task").GetString() is { } task
                ? new EmergencyId(new JobKey(key), root.GetProperty("fence").GetInt32(), new TaskId(task))
                : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A torn line: its disk was in trouble too.
            return null;
        }
    }
}

/// <summary>A task id from the second place.</summary>
sealed record EmergencyId(JobKey Job, int Fence, TaskId Task);
