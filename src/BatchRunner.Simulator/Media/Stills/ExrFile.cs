using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BatchRunner.Simulator.Media.Pictures;

namespace BatchRunner.Simulator.Media.Stills;

/// <summary>Writes pictures as OpenEXR: linear half floats, sixteen lines at a time in ZIP. Bands seen before are not packed again.</summary>
sealed class ExrFile
{
    const int Lines = 16;

    readonly Dictionary<string, byte[]> packed = [];

    public byte[] Make(Picture picture, IReadOnlyList<Colour> palette)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        Header(writer, picture.Width, picture.Height);
        var blocks = Enumerable.Range(0, (picture.Height + Lines - 1) / Lines)
            .Select(block => Block(picture, palette, block * Lines))
            .ToList();
        var offset = file.Position + (blocks.Count * 8);
        foreach (var block in blocks)
        {
            writer.Write(offset);
            offset += 8 + block.Length;
        }

        for (var i = 0; i < blocks.Count; i++)
        {
            writer.Write(i * Lines);
            writer.Write(blocks[i].Length);
            writer.Write(blocks[i]);
        }

        return file.ToArray();
    }

    static void Header(BinaryWriter writer, int width, int height)
    {
        writer.Write(20_000_630);
        writer.Write(2);
        byte[] window = [.. Integers(0, 0, width - 1, height - 1)];
        Attribute(writer, "channels", "chlist", [.. Channel("B"), .. Channel("G"), .. Channel("R"), 0]);
        Attribute(writer, "compression", "compression", [3]);
        Attribute(writer, "dataWindow", "box2i", window);
        Attribute(writer, "displayWindow", "box2i", window);
        Attribute(writer, "lineOrder", "lineOrder", [0]);
        Attribute(writer, "pixelAspectRatio", "float", BitConverter.GetBytes(1f));
        Attribute(writer, "screenWindowCenter", "v2f", new byte[8]);
        Attribute(writer, "screenWindowWidth", "float", BitConverter.GetBytes(1f));
        writer.Write((byte)0);
    }

    byte[] Block(Picture picture, IReadOnlyList<Colour> palette, int top)
    {
        var lines = Math.Min(Lines, picture.Height - top);
        var key = new StringBuilder();
        for (var y = top; y < top + lines; y += Picture.CellSize)
        {
            for (var x = 0; x < picture.Columns; x++)
            {
                key.Append((char)picture.At(x, y / Picture.CellSize));
            }
        }

        key.Append((char)lines);
        var name = key.ToString();
        return packed.TryGetValue(name, out var known) ? known : packed[name] = Pack(Samples(picture, palette, top, lines));
    }

    static byte[] Samples(Picture picture, IReadOnlyList<Colour> palette, int top, int lines)
    {
        ushort[][] halves =
        [
            [.. palette.Select(colour => Linear(colour.B))],
            [.. palette.Select(colour => Linear(colour.G))],
            [.. palette.Select(colour => Linear(colour.R))],
        ];
        var samples = new byte[picture.Width * 6 * lines];
        var at = 0;
        for (var y = top; y < top + lines; y++)
        {
            foreach (var channel in halves)
            {
                for (var x = 0; x < picture.Width; x++, at += 2)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(
                        samples.AsSpan(at), channel[picture.At(x / Picture.CellSize, y / Picture.CellSize)]);
                }
            }
        }

        return samples;
    }

    // Low and high bytes apart, then differences, then zlib; what did not shrink is stored as it is.
    static byte[] Pack(byte[] samples)
    {
        var parted = new byte[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            parted[((i % 2) * ((samples.Length + 1) / 2)) + (i / 2)] = samples[i];
        }

        for (var i = parted.Length - 1; i > 0; i--)
        {
            parted[i] = (byte)(parted[i] - parted[i - 1] + 128);
        }

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(parted);
        }

        return data.Length < samples.Length ? data.ToArray() : samples;
    }

    static ushort Linear(byte value)
    {
        var unit = value / 255.0;
        return BitConverter.HalfToUInt16Bits((Half)(unit <= 0.04045 ? unit / 12.92 : Math.Pow((unit + 0.055) / 1.055, 2.4)));
    }

    static byte[] Channel(string name) => [.. Encoding.ASCII.GetBytes(name), 0, .. Integers(1, 0, 1, 1)];

    static byte[] Integers(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    static void Attribute(BinaryWriter writer, string name, string type, byte[] value)
    {
        writer.Write(Encoding.ASCII.GetBytes($"{name}\0{type}\0"));
        writer.Write(value.Length);
        writer.Write(value);
    }
}
