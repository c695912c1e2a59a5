using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRunner.Simulator.State;

/// <summary>What happened, one JSON object a line, so that a killed simulator goes on where it was.</summary>
sealed class StateFile : IDisposable
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Lock gate = new();
    readonly FileStream? stream;

    StateFile(FileStream? stream, IReadOnlyList<JsonObject> past)
    {
        this.stream = stream;
        Past = past;
    }

    /// <summary>What was there when it was opened.</summary>
    public IReadOnlyList<JsonObject> Past { get; }

    /// <summary>Opens or makes it; null keeps nothing. A torn last line is cut off.</summary>
    /// <exception cref="InvalidDataException">A line that is not the last is damaged.</exception>
    public static StateFile Open(string? path)
    {
        if (path is null)
        {
            return new StateFile(null, []);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // Unbuffered: what was appended survives this process, whatever kills it.
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            return new StateFile(stream, Read(stream, path));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Append(JsonObject line)
    {
        if (stream is null)
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            line.WriteTo(writer);
        }

        buffer.WriteByte((byte)'\n');
        lock (gate)
        {
            stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
    }

    public void Dispose() => stream?.Dispose();

    static List<JsonObject> Read(FileStream stream, string path)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var lines = new List<JsonObject>();
        var start = 0;
        while (start < bytes.Length)
        {
            var length = Array.IndexOf(bytes, (byte)'\n', start) - start;
            if (length < 0)
            {
                break;
            }

            lines.Add(Parse(bytes.AsSpan(start, length))
                ?? throw new InvalidDataException($"{path}:{lines.Count + 1}: not a line the simulator wrote"));
            start += length + 1;
        }

        stream.SetLength(start);
        stream.Position = start;
        return lines;
    }

    static JsonObject? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(line)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
