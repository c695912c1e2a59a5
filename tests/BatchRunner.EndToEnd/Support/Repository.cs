namespace BatchRunner.EndToEnd.Support;

/// <summary>Where things are in this checkout.</summary>
static class Repository
{
    /// <summary>The folder that holds BatchRunner.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The built program, beside these tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "BatchRunner.Cli.dll");

    /// <summary>A copy of an example without its `out` folder, to run in.</summary>
    public static string CopyExample(string name, string into)
    {
        var from = Path.Combine(Root, "examples", name);
        var to = Path.Combine(into, name);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.StartsWith("out" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                continue;
            }

            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? to);
            File.Copy(file, target);
        }

        return to;
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BatchRunner.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("no BatchRunner.sln above the tests");
    }
}
