namespace BatchRunner.Manifests.Files;

/// <summary>Follows the links in every part of a path, which .NET does only for the last.</summary>
static class RealPath
{
    const int MaxLinks = 40;

    /// <summary>The full path without links; parts that don't exist stay as they are, and so does a circle.</summary>
    public static string Of(string fullPath)
    {
        var links = 0;
        var root = Path.GetPathRoot(fullPath) ?? "/";
        var done = root;
        Stack<string> rest = new(Parts(fullPath[root.Length..]).Reverse());
        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                done = Path.GetDirectoryName(done) ?? root;
                continue;
            }

            var next = Path.Combine(done, part);
            if (Target(next) is not { } target || ++links > MaxLinks)
            {
                done = next;
                continue;
            }

            if (Path.IsPathRooted(target))
            {
                done = Path.GetPathRoot(target) ?? root;
                target = target[done.Length..];
            }

            foreach (var inner in Parts(target).Reverse())
            {
                rest.Push(inner);
            }
        }

        return done;
    }

    static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != ".");

    static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What can't be looked at is refused when it is opened.
            return null;
        }
    }
}
