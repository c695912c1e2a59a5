using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace BatchRunner.TestKit.Fakes;

/// <summary>What a moderation server was asked.</summary>
/// <param name="Head">Request line and headers.</param>
/// <param name="Prompt">The text to judge.</param>
sealed record ModerationQuestion(string Head, string Prompt);

/// <summary>A server of the OpenAI moderation shape on this machine, that answers as a test wants and remembers what it heard.</summary>
sealed class ModerationServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly Func<ModerationQuestion, string?> answer;
    readonly Task accepting;

    /// <param name="answer">The whole answer to a question; null: none, ever.</param>
    public ModerationServer(Func<ModerationQuestion, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = Accept();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/moderations";

    public ConcurrentQueue<ModerationQuestion> Heard { get; } = new();

    /// <summary>An answer with a status and a body.</summary>
    public static string Answer(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} Word\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
        + $"Connection: close\r\n{headers}\r\n{body}";

    /// <summary>A verdict as such servers give it; no categories: nothing was found.</summary>
    public static string Verdict(params string[] categories)
    {
        var all = string.Join(',', categories.Append("harassment").Distinct().Select(name =>
            $"\"{JsonEncodedText.Encode(name)}\":{(categories.Contains(name) ? "true" : "false")}"));
        var flagged = categories.Length > 0 ? "true" : "false";
        return Answer(200, "{\"id\":\"modr-1\",\"model\":\"made\",\"results\":[{\"flagged\":" + flagged
            + ",\"categories\":{" + all + "},\"category_scores\":{\"harassment\":0.01}}]}");
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    async Task Accept()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                conversations.Add(Talk(await listener.AcceptTcpClientAsync(closing.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed: the tests are over.
        }

        await Task.WhenAll(conversations);
    }

    async Task Talk(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var question = await Read(stream);
                Heard.Enqueue(question);
                if (answer(question) is { } said)
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(said), closing.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                    _ = await stream.ReadAsync(new byte[1], closing.Token);
                }
                else
                {
                    await Task.Delay(Timeout.Infinite, closing.Token);
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
                // The other end left: that is its right.
            }
        }
    }

    async Task<ModerationQuestion> Read(NetworkStream stream)
    {
        var bytes = new byte[64 * 1024];
        var count = 0;
        while (true)
        {
            var end = bytes.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Encoding.ASCII.GetString(bytes, 0, end);
                var length = head.Split("\r\n").Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    .Select(line => int.Parse(line.Split(':')[1].Trim(), System.Globalization.CultureInfo.InvariantCulture)).Single();
                if (count >= end + 4 + length)
                {
                    using var body = JsonDocument.Parse(bytes.AsMemory(end + 4, length));
                    return new ModerationQuestion(head, body.RootElement.GetProperty("input").GetString() ?? "");
                }
            }

            var read = await stream.ReadAsync(bytes.AsMemory(count), closing.Token);
            count += read > 0 ? read : throw new IOException("cut off");
        }
    }
}
