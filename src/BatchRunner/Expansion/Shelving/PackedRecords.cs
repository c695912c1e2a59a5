using System.Buffers;
using System.IO.Compression;

namespace BatchRunner.Expansion.Shelving;

/// <summary>
/// Records that are looked at seldom and mostly in the order they came, packed in blocks: those of one batch resemble each
/// other, so they take a small part of their room. Safe for several threads.
/// </summary>
sealed class PackedRecords
{
    const int BlockBytes = 1 << 15;

    // A few readers may be at work at once, each at a place of its own.
    const int PagesKept = 4;

    readonly Lock gate = new();
    readonly List<Block> blocks = [];
    readonly Page?[] pages = new Page?[PagesKept];
    ArrayBufferWriter<byte> filling = new(BlockBytes);
    List<int> ends = [];
    int first;

    /// <summary>How many there are.</summary>
    public int Count => first + ends.Count;

    /// <summary>Puts a record behind the others.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        lock (gate)
        {
            if (filling.WrittenCount >= BlockBytes)
            {
                blocks.Add(new Block(first, [.. ends], Packed(filling.WrittenSpan)));
                (first, filling, ends) = (Count, new ArrayBufferWriter<byte>(BlockBytes + (BlockBytes / 8)), []);
            }

            filling.Write(record);
            ends.Add(filling.WrittenCount);
        }
    }

    /// <summary>A record by its number, from 0. Its bytes do not change any more.</summary>
    public ReadOnlySpan<byte> At(int number)
    {
        lock (gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Count, nameof(number));
            if (number >= first)
            {
                var start = number == first ? 0 : ends[number - first - 1];
                return filling.WrittenSpan[start..ends[number - first]];
            }

            return PageOf(number).At(number);
        }
    }

    // The page looked at last stands first.
    Page PageOf(int number)
    {
        var at = Array.FindIndex(pages, page => page?.Has(number) == true);
        var found = at < 0 ? Page.Of(blocks[BlockOf(number)]) : pages[at];
        for (var i = at < 0 ? PagesKept - 1 : at; i > 0; i--)
        {
            pages[i] = pages[i - 1];
        }

        pages[0] = found;
        return found!;
    }

    // The last one that begins at or before it.
    int BlockOf(int number)
    {
        var (low, high) = (0, blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = blocks[middle].First <= number ? (middle, high) : (low, middle - 1);
        }

        return low;
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

    /// <summary>A block as it is kept.</summary>
    /// <param name="First">The number of its first record.</param>
    /// <param name="Ends">Where each of its records ends.</param>
    /// <param name="Bytes">Packed.</param>
    sealed record Block(int First, int[] Ends, byte[] Bytes);

    /// <summary>A block as it is read.</summary>
    sealed record Page(Block Block, byte[] Bytes)
    {
        public static Page Of(Block block)
        {
            var bytes = new byte[block.Ends[^1]];
            using var packed = new DeflateStream(new MemoryStream(block.Bytes), CompressionMode.Decompress);
            packed.ReadExactly(bytes);
            return new Page(block, bytes);
        }

        public bool Has(int number) => number >= Block.First && number < Block.First + Block.Ends.Length;

        public ReadOnlySpan<byte> At(int number)
        {
            var start = number == Block.First ? 0 : Block.Ends[number - Block.First - 1];
            return Bytes.AsSpan(start..Block.Ends[number - Block.First]);
        }
    }
}
