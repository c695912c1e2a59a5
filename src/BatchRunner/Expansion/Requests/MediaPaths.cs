using BatchRunner.Diagnostics;

namespace BatchRunner.Expansion.Requests;

/// <summary>Which local files media fields may name: regular ones below the root.</summary>
sealed class PathRules(string root)
{
    public (SourceFile? File, Diagnostic? Problem) Resolve(string written, string folder, string shownFolder, SourcePlace? place)
    {
        var full = Path.GetFullPath(written, folder);
        if (!full.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return (null, new Diagnostic("BR0105", Severity.Error, $"`{written}` lies outside `{root}`", place));
        }

        return File.Exists(full)
            ? (new SourceFile(Path.Combine(shownFolder, written), full), null)
            : (null, new Diagnostic("BR0101", Severity.Error, $"`{written}` is not there", place));
    }

    public static string FolderOf(string path) => Path.GetDirectoryName(path) ?? "";
}
