using BatchRunner.Simulator.Media.Pictures;

namespace BatchRunner.Simulator.Media.Stills;

/// <summary>Writes a picture as baseline JPEG. Its code tables are plain numbers of fixed length: larger, and simple.</summary>
static class JpegFile
{
    const int Block = 8;
    const int Quantizer = 4;
    const int SizeBits = 4; // of a DC code
    const int RunBits = 8; // of an AC code

    static readonly byte[] Zigzag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
        55, 62, 63,
    ];

    // What half a block, four equal samples, adds to each frequency.
    static readonly double[] Halves =
    [
        .. from frequency in Enumerable.Range(0, Block)
           from half in Enumerable.Range(0, 2)
           select Enumerable.Range(half * 4, 4).Sum(x => Math.Cos(((2 * x) + 1) * frequency * Math.PI / 16))
               * (frequency == 0 ? Math.Sqrt(0.5) : 1) / 2,
    ];

    static readonly byte[] SizeSymbols = [.. Enumerable.Range(0, 12).Select(size => (byte)size)];

    static readonly byte[] RunSymbols =
    [
        0x00, 0xF0,
        .. from run in Enumerable.Range(0, 16) from size in Enumerable.Range(1, 10) select (byte)((run << 4) | size),
    ];

    public static byte[] Make(Picture picture, IReadOnlyList<Colour> palette)
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(file, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)Quantizer, Block * Block)]);
        Segment(
            file, 0xC0,
            [
                8, (byte)(picture.Height >> 8), (byte)picture.Height, (byte)(picture.Width >> 8), (byte)picture.Width,
                3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
            ]);
        Segment(file, 0xC4, [0x00, .. Counts(SizeBits, SizeSymbols.Length), .. SizeSymbols]);
        Segment(file, 0xC4, [0x10, .. Counts(RunBits, RunSymbols.Length), .. RunSymbols]);
        Segment(file, 0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
        Scan(file, picture, [.. palette.Select(Components)]);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    static void Scan(MemoryStream file, Picture picture, double[][] colours)
    {
        var bits = new StuffedBits(file);
        Span<int> last = stackalloc int[3];
        Span<double> corners = stackalloc double[4];
        for (var row = 0; row < picture.Height; row += Block)
        {
            for (var column = 0; column < picture.Width; column += Block)
            {
                for (var component = 0; component < 3; component++)
                {
                    for (var i = 0; i < 4; i++)
                    {
                        var cell = picture.At((column / Picture.CellSize) + (i % 2), (row / Picture.CellSize) + (i / 2));
                        corners[i] = colours[cell][component];
                    }

                    last[component] = Write(bits, corners, last[component]);
                }
            }
        }

        bits.Finish();
    }

    static int Write(StuffedBits bits, ReadOnlySpan<double> corners, int lastLevel)
    {
        var level = Level(corners, 0);
        Value(bits, Array.IndexOf(SizeSymbols, (byte)Size(level - lastLevel)), SizeBits, level - lastLevel);
        var run = 0;
        for (var i = 1; i < Zigzag.Length; i++)
        {
            var value = Level(corners, Zigzag[i]);
            if (value == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                bits.Put(1, RunBits); // sixteen zeros
            }

            Value(bits, Array.IndexOf(RunSymbols, (byte)((run << 4) | Size(value))), RunBits, value);
            run = 0;
        }

        if (run > 0)
        {
            bits.Put(0, RunBits); // nothing but zeros from here
        }

        return level;
    }

    static int Level(ReadOnlySpan<double> corners, int at)
    {
        var (x, y) = (at % Block * 2, at / Block * 2);
        var sum = (Halves[y] * ((Halves[x] * corners[0]) + (Halves[x + 1] * corners[1])))
            + (Halves[y + 1] * ((Halves[x] * corners[2]) + (Halves[x + 1] * corners[3])));
        return (int)Math.Round(sum / Quantizer);
    }

    static void Value(StuffedBits bits, int code, int length, int value)
    {
        bits.Put((uint)code, length);
        var size = Size(value);
        bits.Put((uint)(value < 0 ? value + (1 << size) - 1 : value), size);
    }

    static int Size(int value) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(value));

    static byte[] Counts(int length, int count)
    {
        var counts = new byte[16];
        counts[length - 1] = (byte)count;
        return counts;
    }

    // Y, Cb, Cr of JFIF around zero.
    static double[] Components(Colour c)
    {
        var grey = (0.299 * c.R) + (0.587 * c.G) + (0.114 * c.B);
        return [grey - 128, (c.B - grey) * 0.564, (c.R - grey) * 0.713];
    }

    static void Segment(MemoryStream file, byte marker, byte[] content)
    {
        var length = content.Length + 2;
        file.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        file.Write(content);
    }

    /// <summary>Bits with a zero after each byte of ones.</summary>
    sealed class StuffedBits(MemoryStream file)
    {
        ulong pending;
        int count;

        public void Put(uint value, int length)
        {
            pending = (pending << length) | value;
            count += length;
            while (count >= 8)
            {
                count -= 8;
                var next = (byte)(pending >> count);
                file.WriteByte(next);
                if (next == 0xFF)
                {
                    file.WriteByte(0);
                }
            }
        }

        public void Finish() => Put(0x7F, 7);
    }
}
