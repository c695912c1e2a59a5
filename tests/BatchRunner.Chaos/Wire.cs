using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

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
/// The wire between the program and the simulator. It passes bytes on, counts creates and connections, and calls back at the
/// chosen moment of the chosen create, so that a kill falls exactly between an intent and its saved id.
/// </summary>
sealed class Wire : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentQueue<DateTimeOffset> creates = new();
    readonly ConcurrentDictionary<string, int> connections = new();
    readonly int port;
    readonly Task loop;
    (int Create, Cut Cut, Action Strike)? trap;

    public Wire(Uri server)
    {
        port = server.Port;
        listener.Start();
        loop = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>When each create came by, in order.</summary>
    public IReadOnlyCollection<DateTimeOffset> Creates => creates;

    /// <summary>How long a create's answer is held up.</summary>
    public TimeSpan CreateDelay { get; set; }

    /// <summary>Connections whose first request showed this key; an empty one for those that showed none.</summary>
    public int ConnectionsOf(string key) => connections.GetValueOrDefault(key);

    /// <summary>Connections so far.</summary>
    public int ConnectionCount => connections.Values.Sum();

    /// <summary>Calls back once, at a moment of the create that many creates from now (1 is the next).</summary>
    public void SetTrap(int create, Cut cut, Action strike) => trap = (creates.Count + create, cut, strike);

    public void ClearTrap() => trap = null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
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
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
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
            await Pass(near, far);
        }
        catch (Exception error)
            when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side was killed: that is what this is for.
        }
    }

    async Task Pass(TcpClient near, TcpClient far)
    {
        var (here, there) = (near.GetStream(), far.GetStream());
        var buffer = new byte[65_536];
        var read = await here.ReadAsync(buffer, stop.Token);
        var create = Count(buffer.AsSpan(0, read));
        if (create > 0 && Struck(create, Cut.BeforeServer))
        {
            return;
        }

        await there.WriteAsync(buffer.AsMemory(0, read), stop.Token);
        var up = Copy(here, there, near, far);
        read = await there.ReadAsync(buffer, stop.Token);
        if (create > 0)
        {
            await Task.Delay(CreateDelay, TimeProvider.System, stop.Token);
            if (Struck(create, Cut.BeforeAnswer))
            {
                return;
            }
        }

        await here.WriteAsync(buffer.AsMemory(0, read), stop.Token);
        if (create > 0)
        {
            Struck(create, Cut.AfterAnswer);
        }

        await Copy(there, here, near, far);
        await up;
    }

    // Whichever side ends first, both are hung up.
    async Task Copy(NetworkStream from, NetworkStream to, TcpClient near, TcpClient far)
    {
        try
        {
            await from.CopyToAsync(to, stop.Token);
        }
        catch (Exception error)
            when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction has ended, or one side was killed.
        }

        near.Close();
        far.Close();
    }

    // The number of a create, from 1; 0 for everything else.
    int Count(ReadOnlySpan<byte> head)
    {
        connections.AddOrUpdate(KeyOf(head), 1, (_, count) => count + 1);
        if (!head.StartsWith("POST /v1/"u8))
        {
            return 0;
        }

        lock (creates)
        {
            creates.Enqueue(TimeProvider.System.GetUtcNow());
            return creates.Count;
        }
    }

    static string KeyOf(ReadOnlySpan<byte> head)
    {
        var start = head.IndexOf("Bearer "u8);
        if (start < 0)
        {
            return "";
        }

        var key = head[(start + "Bearer ".Length)..];
        return Encoding.ASCII.GetString(key[..key.IndexOf((byte)'\r')]);
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
