namespace BatchRunner.Expansion.Sources;

/// <summary>A pattern of file names: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, and <c>**</c> for folders of any depth.</summary>
static class Glob
{
    /// <summary>The files below a folder that match, as paths from it with <c>/</c>, in natural order; at most one more than asked for.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern, int most)
    {
        var found = new List<string>();
        Walk(folder, "", pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries), 0, found, most);
        return [.. found.Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)];
    }

    /// <summary>One name against one segment of a pattern. A leading dot is only matched by a dot.</summary>
    public static bool Matches(string name, string segment) =>
        (!name.StartsWith('.') || segment.StartsWith('.')) && Matches(name.AsSpan(), segment);

    static void Walk(string folder, string path, string[] segments, int index, List<string> found, int most)
    {
        if (found.Count > most || index == segments.Length)
        {
            return;
        }

        var segment = segments[index];
        var isLast = index == segments.Length - 1;
        if (segment is "." or "..")
        {
            Walk(Path.Combine(folder, segment), path + segment + "/", segments, index + 1, found, most);
            return;
        }

        if (segment == "**")
        {
            Walk(folder, path, isLast ? [.. segments, "*"] : segments, index + 1, found, most);
            foreach (var name in Names(folder, folders: true).Where(name => !name.StartsWith('.')))
            {
                Walk(Path.Combine(folder, name), path + name + "/", segments, index, found, most);
            }

            return;
        }

        foreach (var name in Names(folder, folders: !isLast).Where(name => Matches(name, segment)))
        {
            if (isLast)
            {
                found.Add(path + name);
            }
            else
            {
                Walk(Path.Combine(folder, name), path + name + "/", segments, index + 1, found, most);
            }
        }
    }

    // A folder reached through a link is not entered: a link upwards would never end.
    static List<string> Names(string folder, bool folders)
    {
        try
        {
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos();
            return
            [
                .. entries.Where(e => e is DirectoryInfo == folders && (!folders || e.LinkTarget is null))
                    .Select(e => e.Name)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that isn't there or isn't ours to read has no files; matching nothing at all is told.
            return [];
        }
    }

    // Back to the last star when the rest doesn't fit: linear in practice, never exponential.
    static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        int n = 0, p = 0, star = -1, retry = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, n);
            }
            else if (p < pattern.Length && One(name[n], pattern[p..], out var used))
            {
                p += used;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    static bool One(char c, ReadOnlySpan<char> pattern, out int used)
    {
        used = 1;
        if (pattern[0] != '[')
        {
            return pattern[0] == '?' || pattern[0] == c;
        }

        var close = pattern.Length > 2 ? pattern[2..].IndexOf(']') + 2 : 1;
        if (close < 2)
        {
            return c == '[';
        }

        used = close + 1;
        var set = pattern[1..close];
        var negated = set[0] is '!' or '^';
        return InSet(c, negated ? set[1..] : set) != negated;
    }

    static bool InSet(char c, ReadOnlySpan<char> set)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
