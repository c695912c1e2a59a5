using System.Buffers.Binary;
using BatchRunner.Simulator.Media.Pictures;

namespace BatchRunner.Simulator.Media.Stills;

/// <summary>Writes a picture as lossless WebP: a palette, two pixels in a byte, and whole lines copied from above.</summary>
static class WebpFile
{
    const int LengthSymbols = 24;
    const int ShortCodes = 232; // of 8 bits, and the other 48 of 9: a full tree of 280
    const int LongestCopy = 4_096;

    public static byte[] Make(Picture picture, IReadOnlyList<Colour> palette)
    {
        var bits = new LowBits();
        bits.Put(0x2F, 8);
        bits.Put((uint)picture.Width - 1, 14);
        bits.Put((uint)picture.Height - 1, 14);
        bits.Put(0, 4); // no alpha, version 0
        Palette(bits, palette);
        bits.Put(0, 1); // no more transforms
        bits.Put(0, 1); // no colour cache
        bits.Put(0, 1); // one group of codes
        Codes(bits);
        Pixels(bits, picture);
        var data = bits.ToArray();
        var padding = data.Length % 2;
        var file = new byte[20 + data.Length + padding];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WEBPVP8L"u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), data.Length);
        data.CopyTo(file, 20);
        return file;
    }

    // The palette is a picture of one line, each colour as the difference to the one before; every channel's code is 8 bits.
    static void Palette(LowBits bits, IReadOnlyList<Colour> palette)
    {
        bits.Put(1, 1);
        bits.Put(3, 2); // colour indexing
        bits.Put((uint)palette.Count - 1, 8);
        bits.Put(0, 1); // no colour cache
        FullCode(bits, 256 + LengthSymbols, 256);
        FullCode(bits, 256, 256);
        FullCode(bits, 256, 256);
        FullCode(bits, 256, 256);
        Only(bits, 0);
        var last = new Colour(0, 0, 0);
        for (var i = 0; i < palette.Count; i++)
        {
            var colour = palette[i];
            bits.Code((byte)(colour.G - last.G), 8);
            bits.Code((byte)(colour.R - last.R), 8);
            bits.Code((byte)(colour.B - last.B), 8);
            bits.Code(i == 0 ? 255u : 0, 8);
            last = colour;
        }
    }

    static void Codes(LowBits bits)
    {
        FullCode(bits, 256 + LengthSymbols, ShortCodes);
        Only(bits, 0); // red
        Only(bits, 0); // blue
        Only(bits, 255); // alpha
        Only(bits, 0); // distance 1: the line above
    }

    static void Pixels(LowBits bits, Picture picture)
    {
        var width = (picture.Width + 1) / 2;
        for (var y = 0; y < picture.Height; y += Picture.CellSize)
        {
            var row = y / Picture.CellSize;
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (2 * x / Picture.CellSize, Math.Min((2 * x) + 1, picture.Width - 1) / Picture.CellSize);
                Symbol(bits, (uint)(picture.At(left, row) | (picture.At(right, row) << 4)));
            }

            var copies = (Math.Min(Picture.CellSize, picture.Height - y) - 1) * width;
            for (; copies > 0; copies -= Math.Min(copies, LongestCopy))
            {
                Copy(bits, Math.Min(copies, LongestCopy));
            }
        }
    }

    static void Copy(LowBits bits, int length)
    {
        var value = (uint)length - 1;
        if (value < 4)
        {
            Symbol(bits, 256 + value);
            return;
        }

        var high = 31 - System.Numerics.BitOperations.LeadingZeroCount(value);
        var second = (value >> (high - 1)) & 1;
        Symbol(bits, 256 + ((uint)high * 2) + second);
        bits.Put(value & ((1u << (high - 1)) - 1), high - 1);
    }

    static void Symbol(LowBits bits, uint symbol)
    {
        if (symbol < ShortCodes)
        {
            bits.Code(symbol, 8);
        }
        else
        {
            bits.Code((2 * ShortCodes) + symbol - ShortCodes, 9);
        }
    }

    static void Only(LowBits bits, uint symbol)
    {
        bits.Put(1, 1); // simple
        bits.Put(0, 1); // one symbol
        bits.Put(1, 1); // of eight bits
        bits.Put(symbol, 8);
    }

    // A code of `eights` symbols of 8 bits; what follows has 9 bits if it is needed to fill the tree, else none.
    static void FullCode(LowBits bits, int alphabet, int eights)
    {
        var rest = eights == 256 ? 0u : 9u;
        ReadOnlySpan<byte> order = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9];
        bits.Put(0, 1); // not simple
        bits.Put((uint)order.Length - 4, 4);
        foreach (var length in order)
        {
            bits.Put(length == 8 || length == rest ? 1u : 0, 3);
        }

        bits.Put(0, 1); // lengths of the whole alphabet
        for (var i = 0; i < alphabet; i++)
        {
            // Two lengths are used, and the lower one has the code 0.
            bits.Put(i < eights ? (rest == 0 ? 1u : 0) : (rest == 0 ? 0u : 1), 1);
        }
    }

    /// <summary>Bits, least significant first; codes the other way round.</summary>
    sealed class LowBits
    {
        readonly List<byte> bytes = [];
        ulong pending;
        int count;

        public void Put(uint value, int length)
        {
            pending |= (ulong)value << count;
            count += length;
            while (count >= 8)
            {
                bytes.Add((byte)pending);
                pending >>= 8;
                count -= 8;
            }
        }

        public void Code(uint code, int length)
        {
            for (var i = length - 1; i >= 0; i--)
            {
                Put((code >> i) & 1, 1);
            }
        }

        public byte[] ToArray() => count == 0 ? [.. bytes] : [.. bytes, (byte)pending];
    }
}
