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
}
