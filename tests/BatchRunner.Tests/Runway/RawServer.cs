using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BatchRunner.Tests.Runway;

/// <summary>A request as it came over the wire.</summary>
sealed record RawRequest(string Head, byte[] Body)
{
    public string Line => Head.Split("\r\n")[0];

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's value, or null.</summary>
    public string? this[string name] => Head.Split("\r\n").Skip(1)
        .Select(line => line.Split(':', 2))
        .Where(pair => string.Equals(pair[0], name, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair[1].Trim())
        .FirstOrDefault();
}

/// <summary>A server on this machine that says exactly the bytes a test wants, or none, and remembers what it heard.</summary>
sealed class RawServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly Func<RawConversation, Task> answer;
    readonly Task accepting;
    int connectionCount;

    public RawServer(Func<RawConversation, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = Accept();
    }

    /// <summary>Answers every request of every connection with these bytes, then closes.</summary>
    public RawServer(string answer)
        : this(async conversation =>
        {
            await conversation.Read();
            await conversation.Say(answer);
        })
    {
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public int ConnectionCount => connectionCount;

    public ConcurrentQueue<RawRequest> Heard { get; } = new();

    /// <summary>A whole answer with its length.</summary>
    public static string Answer(int status, string body, string headers = "", string contentType = "application/json") =>
        $"HTTP/1.1 {status} Word\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n"
        + $"{headers}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    async Task Accept()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(closing.Token);
                Interlocked.Increment(ref connectionCount);
                conversations.Add(Converse(socket));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The test is over.
        }

        await Task.WhenAll(conversations);
    }

    async Task Converse(Socket socket)
    {
        using (socket)
        {
            try
            {
                using var conversation = new RawConversation(socket, Heard, closing.Token);
                await answer(conversation);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client left, or the test is over: both are what some tests want.
            }
        }
    }
}

/// <summary>One connection to a <see cref="RawServer"/>.</summary>
sealed class RawConversation(Socket socket, ConcurrentQueue<RawRequest> heard, CancellationToken closing) : IDisposable
{
    readonly NetworkStream stream = new(socket, ownsSocket: false);

    public CancellationToken Closing => closing;

    /// <summary>Reads one request with its body; null if the client closed instead.</summary>
    public async Task<RawRequest?> Read()
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsWithBlankLine(head))
        {
            if (await stream.ReadAsync(one, closing) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var request = new RawRequest(Encoding.ASCII.GetString([.. head]), []);
        if (int.TryParse(request["Content-Length"], out var length))
        {
            var body = new byte[length];
            await stream.ReadExactlyAsync(body, closing);
            request = request with { Body = body };
        }

        heard.Enqueue(request);
        return request;
    }

    /// <summary>Waits until so much has arrived, and leaves it unread.</summary>
    public async Task WaitForBytes(int count)
    {
        var buffer = new byte[count];
        while (await socket.ReceiveAsync(buffer, SocketFlags.Peek, closing) < count)
        {
        }
    }

    public async Task Say(string text) => await Say(Encoding.UTF8.GetBytes(text));

    public async Task Say(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, closing);
        await stream.FlushAsync(closing);
    }

    /// <summary>Ends the connection as a crash does.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Says nothing more until the client has gone.</summary>
    public async Task WaitForClientToLeave()
    {
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, closing) > 0)
        {
        }
    }

    public void Dispose() => stream.Dispose();

    static bool EndsWithBlankLine(List<byte> head) =>
        head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}
