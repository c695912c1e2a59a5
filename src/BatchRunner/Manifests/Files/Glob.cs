using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Files;

/// <summary>
/// A path with `*`, `?`, `[a-z]` or `**` (any folders). Names that begin with a dot are found only if the pattern's do.
/// It finds regular files below the root, in natural order.
/// </summary>
sealed class Glob(string pattern, PathRules rules)
{
    /// <summary>Files one pattern may find.</summary>
    public const int MaxFiles = 50_000;

    const int MaxFolders = 16;

    /// <summary>Whether a path is a pattern.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny("*?[");

    /// <summary>The files of a pattern written in a file; empty and a problem if it is none, or finds none.</summary>
    public static IReadOnlyList<SourceFile> Find(
        string pattern, SourceFile from, PathRules rules, SourcePlace? place, DiagnosticBag problems) =>
        new Glob(pattern, rules)
            .Find(PathRules.FolderOf(from.FullPath), PathRules.FolderOf(from.Path), place, problems);

    /// <summary>The files found from a folder.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="shownFolder">The folder as it is printed; empty for the current one.</param>
    /// <param name="place">Where the pattern is written.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public IReadOnlyList<SourceFile> Find(string folder, string shownFolder, SourcePlace? place, DiagnosticBag problems)
    {
        var segments = pattern.Split('/');
        if (Mistake(segments, folder, place) is { } mistake)
        {
            problems.Add(mistake);
            return [];
        }

        List<SourceFile> files = [];
        foreach (var path in Walk(folder, segments, 0, 0).Distinct(StringComparer.Ordinal).Take(MaxFiles + 1))
        {
            // A link that leads out of the root is told; a pipe or a folder is no file.
            var written = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            var found = rules.Resolve(written, folder, shownFolder, place);
            if (found.File is { } file)
            {
                files.Add(file);
            }
            else if (found.Problem is { Code: "BR0105" } outside)
            {
                problems.Add(outside);
                return [];
            }
        }

        if (files.Count is 0 or > MaxFiles)
        {
            problems.Add(FileProblems.GlobCount(place, pattern, files.Count, MaxFiles));
            return [];
        }

        return [.. files.OrderBy(file => file.Path, NaturalOrder.Instance)];
    }

    Diagnostic? Mistake(string[] segments, string folder, SourcePlace? place)
    {
        Diagnostic Bad(string why, string? hint = null) => FileProblems.BadGlob(place, pattern, why, hint);

        return pattern.Contains('\\', StringComparison.Ordinal) ? Bad("it holds `\\`", "write `/` between folders")
            : Path.IsPathRooted(pattern) || segments.Any(part => part.Length == 0) ? Bad("it is not relative")
            : segments.SkipWhile(IsDots).Any(IsDots) ? Bad("`.` and `..` stand only at its start")
            : segments.Any(part => part.Count(c => c == '[') > part.Count(c => c == ']')) ? Bad("a `[` is not closed")
            : PathRules.IsBelow(Path.GetFullPath(Base(segments), folder), rules.Root) ? null
            : FileProblems.Outside(place, pattern, rules.Root);
    }

    /// <summary>Whether a name matches one segment of a pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> segment)
    {
        if (name is ['.', ..] && segment is not ['.', ..])
        {
            return false;
        }

        // On a mismatch the last star takes one character more: never more than name times segment steps.
        int at = 0, want = 0, star = -1, starAt = 0;
        while (at < name.Length)
        {
            if (want < segment.Length && segment[want] == '*')
            {
                (star, starAt) = (want++, at);
            }
            else if (want < segment.Length && One(name[at], segment[want..]) is > 0 and var width)
            {
                at++;
                want += width;
            }
            else if (star >= 0)
            {
                (want, at) = (star + 1, ++starAt);
            }
            else
            {
                return false;
            }
        }

        return segment[want..].Trim('*').IsEmpty;
    }

    // How much of the segment one character takes, or 0.
    static int One(char c, ReadOnlySpan<char> segment)
    {
        if (segment[0] == '?')
        {
            return 1;
        }

        // A `]` right behind the bracket is one of the characters.
        var isNot = segment.Length > 1 && segment[0] == '[' && segment[1] is '!' or '^';
        var first = isNot ? 2 : 1;
        var close = segment[0] == '[' && segment.Length > first + 1 ? segment[(first + 1)..].IndexOf(']') : -1;
        if (close < 0)
        {
            return segment[0] == c ? 1 : 0;
        }

        var set = segment[first..(first + 1 + close)];
        var isIn = false;
        for (var i = 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            isIn |= isRange ? c >= set[i] && c <= set[i + 2] : c == set[i];
            i += isRange ? 2 : 0;
        }

        return isIn != isNot ? first + 2 + close : 0;
    }

    static bool IsDots(string segment) => segment is "." or "..";

    static string Base(string[] segments) => string.Join('/', segments.TakeWhile(IsDots).Prepend("."));

    static IEnumerable<string> Walk(string folder, string[] segments, int index, int depth)
    {
        var segment = segments[index];
        if (IsDots(segment))
        {
            return Walk(Path.GetFullPath(segment, folder), segments, index + 1, depth);
        }

        if (segment == "**")
        {
            var here = index + 1 < segments.Length
                ? Walk(folder, segments, index + 1, depth)
                : Names(folder, "*", isFolder: false);
            return depth >= MaxFolders
                ? here
                : here.Concat(Names(folder, "*", isFolder: true)
                    .Where(inner => new DirectoryInfo(inner).LinkTarget is null)
                    .SelectMany(inner => Walk(inner, segments, index, depth + 1)));
        }

        return index + 1 < segments.Length
            ? Names(folder, segment, isFolder: true).SelectMany(inner => Walk(inner, segments, index + 1, depth))
            : Names(folder, segment, isFolder: false);
    }

    static IEnumerable<string> Names(string folder, string segment, bool isFolder)
    {
        try
        {
            if (!IsPattern(segment))
            {
                var path = Path.Combine(folder, segment);
                return (isFolder ? Directory.Exists(path) : File.Exists(path)) ? [path] : [];
            }

            var found = isFolder ? Directory.EnumerateDirectories(folder) : Directory.EnumerateFiles(folder);
            return [.. found.Where(path => Matches(Path.GetFileName(path.AsSpan()), segment)).Take(MaxFiles + 1)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that isn't there or can't be listed holds no file of the pattern.
            return [];
        }
    }
}
