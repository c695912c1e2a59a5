using System.Net;

namespace BatchRunner.Runway;

/// <summary>How to reach the API.</summary>
sealed record RunwayOptions
{
    /// <summary>As <see cref="ApiAddress.TryParse"/> gives it.</summary>
    public required Uri BaseAddress { get; init; }

    public required Secret Key { get; init; }

    /// <summary>Of a create, from the first byte of the connection to the last of the answer.</summary>
    public TimeSpan CreateTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Of everything else but the bytes of an upload.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Of the bytes of one upload, at most 200 MB.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Of name, connection and TLS together. In real time: the platform measures it.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between the API and us; null: the system's. Never used on this machine.</summary>
    public IWebProxy? Proxy { get; init; }
}
