using System.Buffers.Binary;

namespace BatchRunner.Catalogue.Probing;

/// <summary>Reads bytes of a stream at any place, in bounded amounts; what lies beyond the end reads as missing.</summary>
sealed class ByteWindow
{
    // All reads of one probe together: a file that sends the reader round in circles is given up, not followed.
    const int MostReads = 4096;

    readonly Stream stream;
    int reads;

    public ByteWindow(Stream stream) => (this.stream, Length) = (stream, stream.Length);

    public long Length { get; }

    /// <summary>Up to so many bytes from a place; fewer at the end, none beyond it or when too much was read already.</summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        if (offset < 0 || offset >= Length || count <= 0 || ++reads > MostReads)
        {
            return [];
        }

        var bytes = new byte[(int)Math.Min(count, Length - offset)];
        _ = stream.Seek(offset, SeekOrigin.Begin);
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes.AsSpan(0, read);
    }

    public bool Starts(ReadOnlySpan<byte> with, long offset = 0) => At(offset, with.Length).SequenceEqual(with);

    public uint? U32(long offset) => At(offset, 4) is { Length: 4 } b ? BinaryPrimitives.ReadUInt32BigEndian(b) : null;

    public ulong? U64(long offset) => At(offset, 8) is { Length: 8 } b ? BinaryPrimitives.ReadUInt64BigEndian(b) : null;
}
