using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Expansion.Sources;

/// <summary>Rows from a glob, one per file: `id` is its name without extension, `path` leads there from the manifest.</summary>
static class FileRows
{
    public static RawRows? Read(FilesSource source, Manifest manifest, DiagnosticBag problems)
    {
        var glob = new Glob(source.Pattern, new PathRules(manifest.Root));
        var files = glob.Find(source.Folder, PathRules.FolderOf(source.Place.File.Path), source.Place, problems);
        return files.Count == 0 ? null : new RawRows(["id", "name", "path"], [.. files.Select(file => Row(source, file, manifest.Folder))]);
    }

    static RawRow Row(FilesSource source, SourceFile file, string manifestFolder)
    {
        var path = Path.GetRelativePath(manifestFolder, file.FullPath).Replace(Path.DirectorySeparatorChar, '/');
        string[] texts = [Path.GetFileNameWithoutExtension(path), Path.GetFileName(path), path];
        return new RawRow(texts, source.Place);
    }
}
