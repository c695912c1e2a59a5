namespace BatchRunner.Cli.World;

/// <summary>Programs of this machine that are of use where they are installed.</summary>
static class Programs
{
    /// <summary>The full path of a program on PATH, or null. Never one that lies in the current folder, which may be a stranger's.</summary>
    public static string? Find(string name, Surroundings outside) =>
        (outside.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);
}
