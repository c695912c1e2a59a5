using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Extending;
using BatchRunner.Manifests.Files;
using BatchRunner.Manifests.Shape;

namespace BatchRunner.Manifests;

/// <summary>The one door: a file of the user becomes a <see cref="Manifest"/>, and everything wrong with it is told at once.</summary>
static class ManifestReader
{
    /// <summary>
    /// Reads a manifest with the files it extends and the templates it names; not its sheets and media.
    /// With errors in <paramref name="problems"/> nothing may be sent, also if a manifest comes back: then it is whole enough
    /// to expand, so that what is wrong further on is told at the same time.
    /// </summary>
    /// <param name="pathAsTyped">The manifest, as it is to be printed.</param>
    /// <param name="root">Folder that everything read must lie below; null: the manifest's own.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    public static Manifest? Read(string pathAsTyped, string? root, DiagnosticBag problems)
    {
        if (string.IsNullOrWhiteSpace(pathAsTyped) || pathAsTyped.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(FileProblems.NotAPath(null, pathAsTyped, "it is blank"));
            return null;
        }

        if (Find(pathAsTyped, root) is var (file, paths, problem) && problem is not null)
        {
            problems.Add(problem);
            return null;
        }

        return new ManifestFiles(paths, problems).Load(file) is { } map
            ? new ManifestShape(file, paths, problems).Read(map)
            : null;
    }

    static (SourceFile File, PathRules Paths, Diagnostic? Problem) Find(string pathAsTyped, string? root)
    {
        var current = Directory.GetCurrentDirectory();
        var full = Path.GetFullPath(pathAsTyped, current);
        var folder = PathRules.FolderOf(full);
        var paths = new PathRules(
            root is null ? folder : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root, current)));
        var found = paths.Resolve(pathAsTyped, current, "", null);
        var problem = found.Problem is { Code: "BR0102" } && Directory.Exists(full)
            ? FileProblems.IsFolder(null, pathAsTyped, InFolder(pathAsTyped, full))
            : found.Problem;
        return (new(pathAsTyped, full), paths, problem);
    }

    static string InFolder(string pathAsTyped, string full)
    {
        var name = File.Exists(Path.Combine(full, "batch.yaml")) ? "batch.yaml" : "NAME.yaml";
        return $"name the manifest in it: `{Path.TrimEndingDirectorySeparator(pathAsTyped)}/{name}`";
    }
}
