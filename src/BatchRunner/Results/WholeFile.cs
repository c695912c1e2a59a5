using BatchRunner.Journaling;

namespace BatchRunner.Results;

/// <summary>A file that a reader sees as it was or as it is, whole, whatever happens.</summary>
static class WholeFile
{
    /// <summary>Replaces it: written and synced under another name, renamed, and the folder synced.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static void Replace(string path, byte[] bytes)
    {
        var fresh = path + ".part";
        // Gone first: a link planted under this name must not be written through.
        File.Delete(fresh);
        using (var file = File.OpenHandle(fresh, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            Disk.Sync(file);
        }

        Disk.Rename(fresh, path);
        Disk.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetPathRoot(path) ?? path);
    }
}
