using BatchRunner.Cli.Text;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;
using BatchRunner.Results;

namespace BatchRunner.Cli.Checkups;

/// <summary>Whether a folder can hold a run: room, files that are synced and renamed whole, and a lock that keeps others out.</summary>
static class DiskCheckup
{
    const long Little = 1_000_000_000;

    /// <summary>Looks at the folder, or at the nearest above it that is there; leaves nothing behind.</summary>
    public static IEnumerable<Finding> Of(string folder, Surroundings outside)
    {
        var there = Nearest(Path.GetFullPath(folder));
        yield return Room(there);
        yield return Writing("disk", there, outside, "name a folder on a local disk with `-o DIR`");
        yield return Writing(
            "fallback", Nearest(EmergencyPlace.Of(outside)), outside, "set `XDG_STATE_HOME` to a folder that can be written");
    }

    static string Nearest(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder) ?? Path.GetPathRoot(Path.GetFullPath("."))!;
        }

        return folder;
    }

    static Finding Room(string folder)
    {
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            return free < Little
                ? new Finding("room", Health.Warn, $"{Figures.Number(free / 1_000_000)} MB free in {SafeText.Line(folder)}",
                    "a clip of five seconds takes some 5 MB: make room, or name another folder with `-o DIR`")
                : new Finding("room", Health.Ok, $"{Figures.Number(free / 1_000_000_000)} GB free in {SafeText.Line(folder)}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Finding("room", Health.Warn, $"this disk does not say how much is free: {SafeText.Line(error.Message)}");
        }
    }

    static Finding Writing(string what, string folder, Surroundings outside, string todo)
    {
        var trial = Path.Combine(folder, $".batchrunner-doctor-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(trial);
            WholeFile.Replace(Path.Combine(trial, "trial"), [1, 2, 3]);
            var answer = RunLock.Take(Path.Combine(trial, "lock"), outside.Time.GetUtcNow());
            using ((answer as LockAnswer.Taken)?.Lock)
            {
                return answer is LockAnswer.Taken
                    ? new Finding(what, Health.Ok, $"{SafeText.Line(folder)} takes files, syncs, renames and locks them")
                    : new Finding(what, Health.Fail, $"{SafeText.Line(folder)} does not lock files, so two runs could pay for one job", todo, ExitCode.Folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Finding(what, Health.Fail, $"{SafeText.Line(folder)} can't be written: {SafeText.Line(error.Message)}", todo, ExitCode.Folder);
        }
        finally
        {
            Remove(trial);
        }
    }

    static void Remove(string trial)
    {
        try
        {
            if (Directory.Exists(trial))
            {
                Directory.Delete(trial, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What can be made but not removed is told by its name.
        }
    }
}
