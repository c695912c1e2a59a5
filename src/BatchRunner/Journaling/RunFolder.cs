namespace BatchRunner.Journaling;

/// <summary>Where a run keeps things.</summary>
/// <param name="Root">Full path of the folder: results.csv, report.html and the media lie in it.</param>
sealed record RunFolder(string Root)
{
    /// <summary>Below the folder: pictures of clips, which can be made again at any time.</summary>
    public const string Posters = ".batchrunner/posters";

    /// <summary>The folder the user named, at or above it. Links on the way from there are not followed: who made them?</summary>
    public string Named { get; init; } = Root;

    public string Hidden => Path.Combine(Root, ".batchrunner");

    public string Journal => Path.Combine(Hidden, "journal.jsonl");

    public string Lock => Path.Combine(Hidden, "lock");

    /// <summary>What a moderation endpoint said, by the hash of the prompt.</summary>
    public string Verdicts => Path.Combine(Hidden, "moderation.jsonl");

    /// <summary>A relative path with `/` that stays below the folder and out of what is ours.</summary>
    public static bool Holds(string relative) =>
        relative.Length > 0 && !Path.IsPathRooted(relative) && !relative.Contains('\\', StringComparison.Ordinal)
        && relative.Split('/').All(part => part is not ("" or "." or ".." or ".batchrunner"));

    /// <summary>The full path of a file named relative to the folder, with `/`.</summary>
    public string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>Something lies here that a journal should know of: media, or results.</summary>
    public bool HasMedia() =>
        Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any(path => Path.GetFileName(path) != ".batchrunner");

    /// <summary>Makes the folders, and their names durable.</summary>
    public void Create()
    {
        var missing = new Stack<string>();
        for (var path = Hidden; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Push(path);
        }

        foreach (var path in missing)
        {
            Directory.CreateDirectory(path);
            if (Path.GetDirectoryName(path) is { } parent)
            {
                Disk.SyncDirectory(parent);
            }
        }
    }
}
