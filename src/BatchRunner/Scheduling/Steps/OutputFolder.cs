using BatchRunner.Journaling;

namespace BatchRunner.Scheduling.Steps;

/// <summary>Makes the folders of outputs, inside the run's folder and nowhere else.</summary>
static class OutputFolder
{
    /// <summary>Why nothing may be written at that path, or null. Links are refused: they lead out of the folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="relative">Below it, with `/`.</param>
    public static string? Prepare(RunFolder folder, string relative)
    {
        var parts = relative.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
        {
            return $"`{relative}` does not lie below the run's folder";
        }

        var path = folder.Root;
        foreach (var part in parts[..^1])
        {
            var parent = path;
            path = Path.Combine(path, part);
            var info = new DirectoryInfo(path);
            if (info.LinkTarget is not null)
            {
                return $"`{Path.GetRelativePath(folder.Root, path)}` is a link, and outputs are not written through links";
            }

            if (!info.Exists)
            {
                Directory.CreateDirectory(path);
                Disk.SyncDirectory(parent);
            }
        }

        return null;
    }
}
