using System.Net;
using System.Net.Sockets;

namespace BatchRunner.Chaos;

/// <summary>What a create meets on the wire when its number comes up.</summary>
enum Cut
{
    /// <summary>The request has left the program and never reaches the server.</summary>
    BeforeServer,

    /// <summary>The server has charged; its answer never reaches the program.</summary>
    BeforeAnswer,

    /// <summary>The answer has been handed to the program's socket at this moment.</summary>
    AfterAnswer,
}

/// <summary>
/// The wire between the program and the simulator. It passes bytes on, counts creates and calls back at the chosen moment
/// of the chosen one, so that a kill falls exactly between an intent and its saved id.
/// </summary>
sealed class Wire : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly int port;
    readonly Task loop;
    int creates;
    (int Create, Cut Cut, Action Strike)? trap;

    public Wire(Uri server)
    {
        port = server.Port;
        listener.Start();
        loop = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Calls back once, at a moment of the create that many creates from now (1 is the next).</summary>
    public void SetTrap(int create, Cut cut, Action strike) => trap = (Volatile.Read(ref creates) + create, cut, strike);

    public void ClearTrap() => trap = null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        stop.Dispose();
    }

    async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await listener.AcceptTcpClientAsync(stop.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The wire is being taken down.
                return;
            }
        }
    }

    async Task Serve(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, port, stop.Token);
            var (here, there) = (near.GetStream(), far.GetStream());
            var buffer = new byte[65_536];
            var read = await here.ReadAsync(buffer, stop.Token);
            var create = buffer.AsSpan(0, read).StartsWith("POST /v1/"u8) ? Interlocked.Increment(ref creates) : 0;
            if (create > 0 && Struck(create, Cut.BeforeServer))
            {
                return;
            }

            await there.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            var up = here.CopyToAsync(there, stop.Token);
            read = await there.ReadAsync(buffer, stop.Token);
            if (create > 0 && Struck(create, Cut.BeforeAnswer))
            {
                return;
            }

            await here.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            if (create > 0)
            {
                Struck(create, Cut.AfterAnswer);
            }

            await Task.WhenAny(up, there.CopyToAsync(here, stop.Token));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // One side was killed: that is what this is for.
        }
    }

    bool Struck(int create, Cut cut)
    {
        if (trap is not { } set || set.Create != create || set.Cut != cut)
        {
            return false;
        }

        trap = null;
        set.Strike();
        return true;
    }
}
