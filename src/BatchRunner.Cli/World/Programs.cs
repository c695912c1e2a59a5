using System.Diagnostics;

namespace BatchRunner.Cli.World;

/// <summary>Other programs of this machine.</summary>
static class Programs
{
    /// <summary>The variables that hold keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["RUNWAYML_API_SECRET", "RUNWAY_API_KEY", "BATCHRUNNER_MODERATION_KEY"];

    /// <summary>What is started finds none of our keys in its environment.</summary>
    public static void TakeKeysFrom(ProcessStartInfo start)
    {
        foreach (var key in Keys)
        {
            start.Environment.Remove(key);
        }
    }

    /// <summary>The full path of a program on PATH, or null. Never one that lies in the current folder, which may be a stranger's.</summary>
    public static string? Find(string name, Surroundings outside) =>
        (outside.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .Select(Runnable)
            .FirstOrDefault(path => path is not null);

    /// <summary>The same for a name that the user typed: one with a slash is a path.</summary>
    public static string? FindTyped(string name, Surroundings outside) =>
        name.Contains('/', StringComparison.Ordinal) || name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Runnable(Path.GetFullPath(name))
            : Find(name, outside);

    static string? Runnable(string path) => OperatingSystem.IsWindows()
        ? new[] { path, path + ".exe" }.FirstOrDefault(File.Exists)
        : File.Exists(path)
            && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0
            ? path
            : null;
}
