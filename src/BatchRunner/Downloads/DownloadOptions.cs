using System.Net;

namespace BatchRunner.Downloads;

/// <summary>Where downloads go, and their bounds.</summary>
sealed record DownloadOptions
{
    /// <summary>The run's folder, full path: nothing is written outside of it, nor through a link inside of it.</summary>
    public required string Root { get; init; }

    /// <summary>The API itself is on this machine (the simulator): then outputs may be too, without https.</summary>
    public bool IsLoopbackAllowed { get; init; }

    /// <summary>Of one file.</summary>
    public long MaxBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Between two pieces of a body, and before the first.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>In every minute: a server that drips is no better than one that is silent.</summary>
    public int MinBytesPerMinute { get; init; } = 16 * 1024;

    /// <summary>Bytes free on the disk of a folder; null: nobody can tell.</summary>
    public Func<string, long?> FreeBytes { get; init; } = DiskRoom.FreeIn;

    /// <summary>Between the outputs and us; null: the system's. Never used on this machine.</summary>
    public IWebProxy? Proxy { get; init; }
}
