using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Files;

/// <summary>A file that may be read, or the problem with its path.</summary>
readonly record struct PathResult(SourceFile? File, Diagnostic? Problem);

/// <summary>
/// Which files of the user may be read: regular ones that lie below the root, also after links are followed.
/// Everything a manifest names goes through here: other manifests, sheets, prompts and media.
/// </summary>
sealed class PathRules
{
    readonly string realRoot;
    readonly List<SourceFile> found = [];

    /// <param name="root">Full path of the folder that everything read must lie below.</param>
    public PathRules(string root)
    {
        Root = root;
        realRoot = RealPath.Of(root);
    }

    public string Root { get; }

    /// <summary>Every file that was named and may be read, in order, as often as it was named.</summary>
    public IReadOnlyList<SourceFile> Found => found;

    /// <summary>Resolves a path written in a file, from the folder that file lies in.</summary>
    /// <param name="written">With `/`, relative.</param>
    /// <param name="from">The file it is written in.</param>
    /// <param name="place">Where it is written, for the problem.</param>
    public PathResult Resolve(string written, SourceFile from, SourcePlace? place) =>
        Resolve(written, FolderOf(from.FullPath), FolderOf(from.Path), place);

    /// <summary>Resolves a path from a folder.</summary>
    /// <param name="written">With `/`, relative.</param>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="shownFolder">The folder as it is printed; empty for the current one.</param>
    /// <param name="place">Where it is written, for the problem.</param>
    public PathResult Resolve(string written, string folder, string shownFolder, SourcePlace? place)
    {
        if (NoPath(written) is { } why)
        {
            return Problem(FileProblems.NotAPath(place, written, why));
        }

        var full = Path.GetFullPath(written, folder);
        if (!IsBelow(full, Root) || (FileKinds.Of(full) != FileKind.Missing && !IsBelow(RealPath.Of(full), realRoot)))
        {
            return Problem(FileProblems.Outside(place, written, Root));
        }

        return FileKinds.Of(full) switch
        {
            FileKind.Regular => Regular(new SourceFile(ShownPath(written, shownFolder), full)),
            FileKind.Folder =>
                Problem(FileProblems.IsFolder(place, written, $"say `{written.TrimEnd('/')}/*` for the files in it")),
            FileKind.Other => Problem(FileProblems.NotRegular(place, written)),
            _ => Problem(FileProblems.NotThere(place, written, NearestPath(written, full))),
        };
    }

    /// <summary>Reads a whole file, a device that never ends included; null and a problem if it can't be or is too large.</summary>
    public static byte[]? Read(SourceFile file, int limit, SourcePlace? place, DiagnosticBag problems)
    {
        try
        {
            using var stream = File.OpenRead(file.FullPath);
            var bytes = new byte[(int)Math.Min(Math.Max(stream.Length, 4096), limit) + 1];
            var count = 0;
            while (stream.Read(bytes, count, bytes.Length - count) is > 0 and var read)
            {
                count += read;
                if (count > limit)
                {
                    problems.Add(FileProblems.TooLarge(place, file.Path, limit));
                    return null;
                }

                if (count == bytes.Length)
                {
                    Array.Resize(ref bytes, Math.Min(2 * count, limit + 1));
                }
            }

            return bytes[..count];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(FileProblems.NotReadable(place, file.Path));
            return null;
        }
    }

    /// <summary>The folder part of a path; empty if it has none.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(path) ?? "";

    /// <summary>A path as it is printed: joined to the folder its file was found in, `.` and `..` resolved where they can be.</summary>
    public static string ShownPath(string written, string shownFolder)
    {
        if (Path.IsPathRooted(written))
        {
            return written;
        }

        List<string> parts = [];
        foreach (var part in Path.Combine(shownFolder, written).Split('/', Path.DirectorySeparatorChar))
        {
            if (part == ".." && parts is [.., not ".."] and not [.., ""])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not "." && (part.Length > 0 || parts.Count == 0))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Whether a full path is a folder's own or lies below it.</summary>
    public static bool IsBelow(string path, string folder)
    {
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var prefix = Path.TrimEndingDirectorySeparator(folder);
        return path.Equals(prefix, comparison)
            || path.StartsWith(prefix.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, comparison);
    }

    PathResult Regular(SourceFile file)
    {
        found.Add(file);
        return new(file, null);
    }

    static PathResult Problem(Diagnostic problem) => new(null, problem);

    static string? NoPath(string written) =>
        string.IsNullOrWhiteSpace(written) ? "it is blank"
        : written.Contains("://", StringComparison.Ordinal) ? "remote files are not read"
        : written.Any(char.IsControl) ? "it holds a character that can't be seen"
        : written.Length > 4096 ? "it is longer than 4 096 characters"
        : null;

    // The nearest name in the folder where it should be.
    static string? NearestPath(string written, string full)
    {
        if (written.Contains('\\', StringComparison.Ordinal) && File.Exists(full.Replace('\\', '/')))
        {
            return written.Replace('\\', '/');
        }

        try
        {
            var names = Directory.EnumerateFiles(FolderOf(full)).Take(1_000).Select(file => Path.GetFileName(file));
            var name = Path.GetFileName(full);
            return Nearest.To(name, names) is { } found && written.EndsWith(name, StringComparison.Ordinal)
                ? written[..^name.Length] + found
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder isn't there either: then there is nothing to suggest.
            return null;
        }
    }
}
