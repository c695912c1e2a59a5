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

    /// <summary>The answer to a fetch instead of a file, or null; told its number from 1.</summary>
    public Func<int, Uri, DownloadAnswer?> Script { get; set; } = (_, _) => null;

    public int FetchCount => fetches;

    public async Task<DownloadAnswer> Fetch(Uri url, string finalPath, CancellationToken cancel)
    {
        if (Script(Interlocked.Increment(ref fetches), url) is { } answer)
        {
            return answer;
        }

        if (File.Exists(finalPath))
        {
            return new DownloadAnswer.Occupied(finalPath);
        }

        var bytes = Encoding.UTF8.GetBytes(url.AbsolutePath);
        await File.WriteAllBytesAsync(finalPath + ".part", bytes, cancel);
        if (!Disk.RenameIfFree(finalPath + ".part", finalPath))
        {
            return new DownloadAnswer.Occupied(finalPath);
        }

        return new DownloadAnswer.Saved(finalPath, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
