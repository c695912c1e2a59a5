namespace BatchRunner.Downloads;

/// <summary>Brings one output home whole. Knows no key. Throws only when cancelled.</summary>
interface IDownloads
{
    /// <summary>
    /// Fetches <paramref name="url"/> into a `.part` beside <paramref name="finalPath"/>, checks it to its end, syncs it,
    /// renames it without overwriting anything and syncs the directory.
    /// </summary>
    Task<DownloadAnswer> Fetch(Uri url, string finalPath, CancellationToken cancel);

    /// <summary>Bytes free where outputs go; null: nobody can tell.</summary>
    long? FreeBytes();
}

/// <summary>What became of a download.</summary>
abstract record DownloadAnswer
{
    /// <summary>Complete under its final name, on disk.</summary>
    public sealed record Saved(string FullPath, long Bytes, string Sha256) : DownloadAnswer;

    /// <summary>401, 403, 404 or 410: ask the task for a fresh URL.</summary>
    public sealed record Expired(string Reason) : DownloadAnswer;

    /// <summary>The network, or bytes that are not a whole file: try again.</summary>
    public sealed record Trouble(string Reason) : DownloadAnswer;

    /// <summary>The folder can't be written, or there is no room: stop submitting, exit 11.</summary>
    public sealed record DiskTrouble(string Reason) : DownloadAnswer;

    /// <summary>Something of somebody else's has that name; it is not touched.</summary>
    public sealed record Occupied(string FullPath) : DownloadAnswer;
}
