using System.Net;
using System.Net.Http.Headers;

namespace BatchRunner.Runway.Wire;

/// <summary>
/// A JSON body that leaves at most once and knows whether its last byte did. A request without the end of its JSON
/// can't have been accepted; one whose last byte was handed over may have been, whatever happens after.
/// </summary>
sealed class OneTimeBody : HttpContent
{
    readonly ReadOnlyMemory<byte> json;
    volatile bool hasLeft;
    int isTaken;

    public OneTimeBody(ReadOnlyMemory<byte> json)
    {
        this.json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>The last byte was handed to the network.</summary>
    public bool HasLeft => hasLeft;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken)
    {
        // The platform may resend a request by itself when a connection dies early; a paid one it must not.
        if (Interlocked.Exchange(ref isTaken, 1) == 1)
        {
            throw new IOException("a body that leaves once was asked for twice");
        }

        await stream.WriteAsync(json[..^1], cancellationToken);
        hasLeft = true;
        await stream.WriteAsync(json[^1..], cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = json.Length;
        return true;
    }
}
