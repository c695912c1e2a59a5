using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BatchRunner.Tests.Downloads;

/// <summary>The smallest whole file of each format.</summary>
static class Samples
{
    public static byte[] Mp4 { get; } = [.. Box("ftyp", "isom\0\0\0\0mp42"), .. Box("moov", "movie"), .. Box("mdat", "0123456789")];

    public static byte[] Mov { get; } = [.. Box("ftyp", "qt  \0\0\0\0"), .. Box("wide", ""), .. Box("mdat", "0123456789"), .. Box("moov", "movie")];

    public static byte[] LargeBoxMp4 { get; } =
        [.. Box("ftyp", "isom\0\0\0\0"), .. Box("moov", "movie"), 0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 20, .. "abcd"u8];

    public static byte[] OpenEndedMp4 { get; } =
        [.. Box("ftyp", "isom\0\0\0\0"), .. Box("moov", "movie"), 0, 0, 0, 0, .. "mdat"u8, .. "abcd"u8];

    public static byte[] Avif { get; } = [.. Box("ftyp", "avif\0\0\0\0"), .. Box("meta", "m"), .. Box("mdat", "pixels")];

    public static byte[] Png { get; } =
        [0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, 0, 0, 0, 3, .. "IDATxyz"u8, 1, 2, 3, 4, 0, 0, 0, 0, .. "IEND"u8, 1, 2, 3, 4];

    public static byte[] Jpeg { get; } =
        [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc0, 0, 3, 9, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];

    public static byte[] Gif { get; } = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2c, 1, 0x3b];

    public static byte[] WebP { get; } = Riff("WEBPVP8 abcd");

    public static byte[] Wav { get; } = Riff("WAVEfmt abcd");

    public static byte[] Mp3 { get; } =
        [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 2, 9, 9, .. Mp3Frame(), .. Mp3Frame(), .. Mp3Frame()];

    public static byte[] Zip { get; } = MakeZip();

    public static byte[] Box(string type, string content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.Latin1.GetBytes(type + content, box.AsSpan(4));
        return box;
    }

    // MPEG 1, layer III, 32 kbit/s, 48 kHz: 96 bytes.
    static byte[] Mp3Frame() => [0xff, 0xfb, 0x14, 0x00, .. new byte[92]];

    static byte[] Riff(string content)
    {
        var file = new byte[8 + content.Length];
        Encoding.Latin1.GetBytes("RIFF", file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), content.Length);
        Encoding.Latin1.GetBytes(content, file.AsSpan(8));
        return file;
    }

    static byte[] MakeZip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("frame-0001.png", CompressionLevel.NoCompression).Open();
            entry.Write("pixels"u8);
        }

        return bytes.ToArray();
    }
}
