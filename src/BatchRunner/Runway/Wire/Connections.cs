namespace BatchRunner.Runway.Wire;

/// <summary>How we connect: nothing follows, remembers or unpacks by itself.</summary>
static class Connections
{
    /// <summary>Connections to the API.</summary>
    public static SocketsHttpHandler To(RunwayOptions options) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        Proxy = options.Proxy,
        UseCookies = false,
        UseProxy = !ApiAddress.IsLoopback(options.BaseAddress),
    };
}
