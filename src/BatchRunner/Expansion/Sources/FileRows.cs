using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>Rows from a glob, one per file: `id` is its name without extension, `path` leads there from the manifest.</summary>
static class FileRows
{
    const int MostFiles = 100_000;

    public static RawRows? Read(FilesSource source, Manifest manifest, DiagnosticBag problems)
    {
        var files = Glob.Files(source.Folder, source.Pattern, MostFiles);
        if (files.Count == 0)
        {
            problems.Add(SheetProblems.NoFiles(source));
            return null;
        }

        if (files.Count > MostFiles)
        {
            problems.Add(SheetProblems.TooManyFiles(source, MostFiles));
            return null;
        }

        return new RawRows(["id", "name", "path"], [.. files.Select(file => Row(source, file, manifest.Folder))]);
    }

    static RawRow Row(FilesSource source, string file, string manifestFolder)
    {
        var path = Path.GetRelativePath(manifestFolder, Path.Combine(source.Folder, file)).Replace('\\', '/');
        string[] texts = [Path.GetFileNameWithoutExtension(file), Path.GetFileName(file), path];
        return new RawRow([.. texts.Select(text => new Cell(text))], texts, source.Place);
    }
}
