using System.Security.Cryptography;
using System.Text;
using BatchRunner.Downloads;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Runway;

namespace BatchRunner.TestKit.Fakes;

/// <summary>Bodies that are the job's key, so that the fake's ledger can be held against the journal.</summary>
sealed class FakeDelivery : IInputDelivery
{
    public Func<JobSpec, DeliveryAnswer?> Script { get; set; } = _ => null;

    public Task<DeliveryAnswer> Deliver(JobSpec job, CancellationToken cancel) =>
        Task.FromResult(Script(job) ?? new DeliveryAnswer.Ready(Encoding.UTF8.GetBytes(job.Key.Hex)));
}

/// <summary>Downloads that write the URL's path into the file, so that a file tells which task it came from.</summary>
sealed class FakeDownloads : IDownloads
{
    int fetches;
    int under;

    /// <summary>The answer to a fetch instead of a file, or null; told its number from 1.</summary>
    public Func<int, Uri, DownloadAnswer?> Script { get; set; } = (_, _) => null;

    public int FetchCount => fetches;

    /// <summary>Bytes free on the disk.</summary>
    public Func<long?> Free { get; set; } = () => null;

    public long? FreeBytes() => Free();

    /// <summary>A file is being written.</summary>
    public bool IsBusy => Volatile.Read(ref under) > 0;

    public async Task<DownloadAnswer> Fetch(Uri url, string finalPath, CancellationToken cancel)
    {
        Interlocked.Increment(ref under);
        try
        {
            return await Write(url, finalPath, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref under);
        }
    }

    async Task<DownloadAnswer> Write(Uri url, string finalPath, CancellationToken cancel)
    {
        if (Script(Interlocked.Increment(ref fetches), url) is { } answer)
        {
            return answer;
        }

        var bytes = Encoding.UTF8.GetBytes(url.AbsolutePath);
        if (Path.Exists(finalPath))
        {
            // The same bytes are ours, from a run that ended before it could say so.
            var there = File.Exists(finalPath) ? await File.ReadAllBytesAsync(finalPath, cancel) : [];
            return there.AsSpan().SequenceEqual(bytes)
                ? Saved(finalPath, bytes)
                : new DownloadAnswer.Occupied(finalPath);
        }

        await File.WriteAllBytesAsync(finalPath + ".part", bytes, cancel);
        if (!Disk.RenameIfFree(finalPath + ".part", finalPath))
        {
            return new DownloadAnswer.Occupied(finalPath);
        }

        return Saved(finalPath, bytes);
    }

    static DownloadAnswer.Saved Saved(string path, byte[] bytes) =>
        new(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
