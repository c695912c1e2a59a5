using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace BatchRunner.Expansion;

/// <summary>
/// Long texts that are looked at seldom and mostly in the order they came, packed in blocks: the prompts and requests of
/// one batch resemble each other, so they take a tenth of their room. Safe for several threads.
/// </summary>
sealed class PackedTexts
{
    const int BlockBytes = 1 << 16;

    readonly Lock gate = new();
    readonly List<byte[]> blocks = [];
    readonly ArrayBufferWriter<byte> filling = new(BlockBytes);
    (int Number, byte[] Bytes) unpacked = (-1, []);

    /// <summary>Puts a text away.</summary>
    public StoredText Add(StoredText text)
    {
        if (text.ToString() is not { } plain || !IsWhole(plain))
        {
            return text;
        }

        lock (gate)
        {
            if (filling.WrittenCount >= BlockBytes)
            {
                blocks.Add(Packed(filling.WrittenSpan));
                filling.ResetWrittenCount();
            }

            var start = filling.WrittenCount;
            Encoding.UTF8.GetBytes(plain, filling);
            return new StoredText(this, blocks.Count, start, filling.WrittenCount - start);
        }
    }

    internal string Read(int block, int start, int length)
    {
        lock (gate)
        {
            if (block == blocks.Count)
            {
                return Encoding.UTF8.GetString(filling.WrittenSpan.Slice(start, length));
            }

            if (unpacked.Number != block)
            {
                unpacked = (block, Unpacked(blocks[block]));
            }

            return Encoding.UTF8.GetString(unpacked.Bytes, start, length);
        }
    }

    // Half a surrogate pair would not come back.
    static bool IsWhole(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        return at < 0 || Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
    }

    static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    static byte[] Unpacked(byte[] block)
    {
        using var stream = new DeflateStream(new MemoryStream(block), CompressionMode.Decompress);
        using var bytes = new MemoryStream(BlockBytes + (BlockBytes / 8));
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>A text, or where it was put away.</summary>
readonly struct StoredText : IEquatable<StoredText>
{
    readonly object? holder;
    readonly int block;
    readonly int start;
    readonly int length;

    public StoredText(string? text) => holder = text;

    internal StoredText(PackedTexts texts, int block, int start, int length) =>
        (holder, this.block, this.start, this.length) = (texts, block, start, length);

    /// <summary>The text, or null.</summary>
    public override string? ToString() => holder is PackedTexts texts ? texts.Read(block, start, length) : holder as string;

    public bool Equals(StoredText other) => ToString() == other.ToString();

    public override bool Equals(object? obj) => obj is StoredText other && Equals(other);

    public override int GetHashCode() => ToString()?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
