using System.Diagnostics;

namespace BatchRunner.TestKit;

/// <summary>Programs some tests look at the product with.</summary>
public static class Tools
{
    /// <summary>CI installs the tools and sets this: then a missing one is a failure, not a skip.</summary>
    public static bool AreRequired => Environment.GetEnvironmentVariable("BATCHRUNNER_REQUIRE_TOOLS") == "1";

    /// <summary>The full path of a program on PATH, or null. Throws if it is missing and tools are required.</summary>
    public static string? Find(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return found is null && AreRequired ? throw new InvalidOperationException($"`{name}` is not installed") : found;
    }

    /// <summary>A Python that has a module: the one on PATH, or the system's. Null if none has; throws if tools are required.</summary>
    public static async Task<string?> Python(string module)
    {
        foreach (var python in new[] { Find("python3"), "/usr/bin/python3" }.Where(File.Exists).OfType<string>())
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import " + module]) { RedirectStandardError = true });
            await (process?.WaitForExitAsync() ?? Task.CompletedTask);
            if (process?.ExitCode == 0)
            {
                return python;
            }
        }

        return AreRequired ? throw new InvalidOperationException($"no `python3` has `{module}`") : null;
    }

    /// <summary>
    /// PowerShell: named by BATCHRUNNER_PWSH, or on PATH; or null. Never required: it comes from a registry that may not
    /// have it, so CI installs it where it can.
    /// </summary>
    public static string? PowerShell() =>
        Environment.GetEnvironmentVariable("BATCHRUNNER_PWSH") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists);
}
