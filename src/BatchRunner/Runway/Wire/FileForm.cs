using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Runway.Wire;

/// <summary>
/// A form as object stores want it: every field first, the file last, its length known before. Hashes the file's bytes
/// as they leave, so that what was sent can be compared with what was planned.
/// </summary>
sealed class FileForm : HttpContent
{
    readonly FileStream file;
    readonly long fileLength;
    readonly byte[] head;
    readonly byte[] tail;

    /// <summary>Opens the file; throws as that does.</summary>
    public FileForm(IEnumerable<(string Name, string Value)> fields, string fullPath, string fileName, string contentType)
    {
        file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: true);
        fileLength = file.Length;
        var boundary = $"batchrunner-{Guid.NewGuid():N}";
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append(Disposition(boundary, name)).Append("\r\n\r\n").Append(value).Append("\r\n");
        }

        text.Append(Disposition(boundary, "file"))
            .Append("; filename=\"").Append(Quoted(fileName)).Append("\"\r\n")
            .Append("Content-Type: ").Append(contentType).Append("\r\n\r\n");
        head = Encoding.UTF8.GetBytes(text.ToString());
        tail = Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
    }

    /// <summary>SHA-256 of the file's bytes that were sent, once they were.</summary>
    public string? Sha256 { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken)
    {
        await stream.WriteAsync(head, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            for (var left = fileLength; left > 0;)
            {
                var count = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
                if (count == 0)
                {
                    throw new IOException("the file became shorter while it was sent");
                }

                hash.AppendData(buffer, 0, count);
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await stream.WriteAsync(tail, cancellationToken);
        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = head.Length + fileLength + tail.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    static string Disposition(string boundary, string name) =>
        $"--{boundary}\r\nContent-Disposition: form-data; name=\"{Quoted(name)}\"";

    static string Quoted(string text) => text
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal)
        .Replace("\"", "%22", StringComparison.Ordinal);
}
