namespace BatchRunner.TestKit;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => FullPath = Directory.CreateTempSubdirectory("batchrunner-").FullName;

    public string FullPath { get; }

    /// <summary>The full path of a name in it.</summary>
    public string this[string name] => Path.Combine(FullPath, name);

    /// <summary>Writes a file, with its folders, and gives its full path.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? FullPath);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test removed it itself.
        }
    }
}
