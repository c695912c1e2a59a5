using System.Net;
using BatchRunner.Simulator.Api;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchRunner.Cli.Reviewing;

/// <summary>Serves a review desk on loopback, and to nobody else.</summary>
sealed class ReviewServer : IAsyncDisposable
{
    // A verdict with the longest note, written as escapes.
    const long LargestBody = 64 * 1024;

    readonly KestrelServer kestrel;

    ReviewServer(KestrelServer kestrel) => this.kestrel = kestrel;

    /// <summary>Where the page is, with the token that opens it.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts it; it answers when this returns.</summary>
    /// <param name="desk">What answers.</param>
    /// <param name="port">0: a free one.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ReviewServer> Start(ReviewDesk desk, int port, CancellationToken cancel)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = LargestBody;
        // A paused clip is a connection that waits, which is no fault.
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new ReviewServer(new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance));
        try
        {
            await server.kestrel.StartAsync(new HttpApplication(desk.Serve), cancel);
            var address = server.kestrel.Features.Get<IServerAddressesFeature>()?.Addresses.Single() ?? "";
            server.Address = new Uri(new Uri(address), $"/{desk.Token}/");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops at once; every verdict that was answered is in the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await kestrel.StopAsync(new CancellationToken(canceled: true));
        kestrel.Dispose();
    }
}
