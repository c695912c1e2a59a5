using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BatchRunner.Simulator.Media.Pictures;

namespace BatchRunner.Simulator.Media.Stills;

/// <summary>Writes a picture as PNG with a palette.</summary>
static class PngFile
{
    static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Make(Picture picture, IReadOnlyList<Colour> palette)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        (header[8], header[9]) = (8, 3); // eight bits, palette
        Chunk(file, "IHDR", header);
        Chunk(file, "PLTE", [.. palette.SelectMany(colour => new[] { colour.R, colour.G, colour.B })]);
        Chunk(file, "IDAT", Compress(picture));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    static byte[] Compress(Picture picture)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest))
        {
            var line = new byte[picture.Width + 1]; // filter 0, then indexes
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < picture.Width && y % Picture.CellSize == 0; x++)
                {
                    line[x + 1] = picture.At(x / Picture.CellSize, y / Picture.CellSize);
                }

                zlib.Write(line);
            }
        }

        return data.ToArray();
    }

    static void Chunk(MemoryStream file, string type, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        file.Write(chunk);
    }
}
