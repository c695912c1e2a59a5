namespace BatchRunner.Tests.Architecture;

/// <summary>The sources these tests were built from.</summary>
static class Repository
{
    /// <summary>The folder with the solution in it, found from where the tests run.</summary>
    public static string Root { get; } = Find();

    public static IEnumerable<string> Sources => Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories);

    /// <summary>Fails with every line: xunit shortens lists.</summary>
    public static void AssertNone(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines);
        Assert.True(text.Length == 0, text);
    }

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchRunner.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
