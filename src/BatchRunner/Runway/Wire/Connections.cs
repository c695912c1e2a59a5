using System.Net;

namespace BatchRunner.Runway.Wire;

/// <summary>How we connect: nothing follows, remembers or unpacks by itself.</summary>
static class Connections
{
    /// <summary>Connections to the API.</summary>
    public static SocketsHttpHandler To(RunwayOptions options) => To(options.BaseAddress, options.ConnectTimeout, options.Proxy);

    /// <summary>Connections to any server that is told what nobody else should hear.</summary>
    public static SocketsHttpHandler To(Uri address, TimeSpan connectTimeout, IWebProxy? proxy = null) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = connectTimeout,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        Proxy = proxy,
        UseCookies = false,
        UseProxy = !ApiAddress.IsLoopback(address),
    };

    /// <summary>No proxy stands between us and an address.</summary>
    /// <param name="proxy">The one to use; null: the system's.</param>
    /// <param name="address">Where to.</param>
    public static bool IsDirect(IWebProxy? proxy, Uri address) => ApiAddress.IsLoopback(address)
        || ((proxy ?? HttpClient.DefaultProxy) is var between
            && (between.IsBypassed(address) || between.GetProxy(address) is not { } found || found == address));
}
