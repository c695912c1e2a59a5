using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Journaling.Guarding;

/// <summary>What must not stand in a run's folder: links lead out of it, and opening a pipe or a device may never end.</summary>
static class FolderCheck
{
    /// <summary>Why nothing in the folder may be opened, or null.</summary>
    public static Diagnostic? Refusal(RunFolder folder)
    {
        if (Above(folder).FirstOrDefault(IsLink) is { } linked)
        {
            return JournalProblems.LinkedFolder(linked);
        }

        if (IsLink(folder.Hidden) || File.Exists(folder.Hidden))
        {
            return JournalProblems.NotPlain(folder.Hidden, "a folder");
        }

        return Directory.Exists(folder.Hidden)
            && Directory.EnumerateFileSystemEntries(folder.Hidden).FirstOrDefault(path => !IsOurs(path)) is { } other
            ? JournalProblems.NotPlain(other, "a file")
            : null;
    }

    /// <summary>A regular file, and no link to one.</summary>
    public static bool IsPlainFile(string path) => !IsLink(path) && FileKinds.Of(path) == FileKind.Regular;

    // From the run's folder up to what the user named; further up, links are the user's own.
    static IEnumerable<string> Above(RunFolder folder)
    {
        var relative = Path.GetRelativePath(folder.Named, folder.Root);
        if (relative == "." || relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            return [];
        }

        var parts = relative.Split(Path.DirectorySeparatorChar);
        return parts.Select((_, i) => Path.Combine([folder.Named, .. parts[..(i + 1)]]));
    }

    // What we write ourselves is a file; a folder of somebody's own under another name harms nobody.
    static bool IsOurs(string path) => !IsLink(path) && (FileKinds.Of(path) switch
    {
        FileKind.Regular => true,
        FileKind.Folder => Path.GetFileName(path) != "lock" && Path.GetExtension(path) != ".jsonl",
        _ => false,
    });

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
