using System.Buffers.Binary;
using System.Text;

namespace BatchRunner.TestKit;

/// <summary>Heads of media files made by hand, just enough of them to be recognised and measured.</summary>
public static class MediaBytes
{
    /// <summary>A PNG of a size, without its picture.</summary>
    public static byte[] Png(int width, int height) =>
        [0x89, .. "PNG\r\n\u001a\n"u8, .. U32(13), .. "IHDR"u8, .. U32(width), .. U32(height), 8, 2, 0, 0, 0, .. U32(0)];

    /// <summary>A JPEG of a size, with a comment and a table before its frame.</summary>
    public static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xFE, 0, 6, 0xFF, 0xC0, 1, 2, 0xFF, 0xDB, 0, 4, 0, 0,
        0xFF, 0xC2, 0, 11, 8, .. U16(height), .. U16(width), 1, 1, 0x11, 0, 0xFF, 0xD9,
    ];

    /// <summary>A WebP of a size, of the extended form.</summary>
    public static byte[] WebP(int width, int height) =>
    [
        .. "RIFF"u8, .. Little(30), .. "WEBPVP8X"u8, .. Little(10), 0, 0, 0, 0, .. Little(width - 1)[..3], .. Little(height - 1)[..3],
        .. new byte[8],
    ];

    /// <summary>A GIF of a size.</summary>
    public static byte[] Gif(int width, int height) =>
        [.. "GIF89a"u8, .. Little(width)[..2], .. Little(height)[..2], 0, 0, 0, .. new byte[8]];

    /// <summary>A WAV of silence.</summary>
    public static byte[] Wav(int seconds, int rate = 8000) =>
    [
        .. "RIFF"u8, .. Little(36 + (seconds * rate)), .. "WAVEfmt "u8, .. Little(16), 1, 0, 1, 0, .. Little(rate), .. Little(rate), 1, 0, 8, 0,
        .. "data"u8, .. Little(seconds * rate), .. new byte[seconds * rate],
    ];

    /// <summary>An MP4 with one video track, its index at the end as cameras write it.</summary>
    public static byte[] Mp4(int width, int height, int milliseconds, int framesPerSecond, bool isTurned = false, string brand = "isom")
    {
        var frames = milliseconds * framesPerSecond / 1000;
        byte[] upright = [.. U32(0x10000), .. U32(0), .. U32(0), .. U32(0), .. U32(0x10000), .. U32(0)];
        byte[] turned = [.. U32(0), .. U32(0x10000), .. U32(0), .. U32(-0x10000), .. U32(0), .. U32(0)];
        var header = Box("mvhd", [.. new byte[12], .. U32(1000), .. U32(milliseconds), .. new byte[80]]);
        var track = Box("tkhd",
            [.. new byte[40], .. isTurned ? turned : upright, .. new byte[12], .. U32(width << 16), .. U32(height << 16)]);
        var times = Box("stts", [.. U32(0), .. U32(1), .. U32(frames), .. U32(1)]);
        var media = Box("mdia",
        [
            .. Box("mdhd", [.. new byte[12], .. U32(1000), .. U32(milliseconds), 0, 0, 0, 0]),
            .. Box("hdlr", [.. U32(0), .. U32(0), .. "vide"u8, .. new byte[12]]),
            .. Box("minf", Box("stbl", times)),
        ]);
        return
        [
            .. Box("ftyp", [.. Encoding.ASCII.GetBytes(brand), .. U32(0x200)]),
            .. Box("mdat", new byte[64]),
            .. Box("moov", [.. header, .. Box("trak", [.. track, .. media])]),
        ];
    }

    /// <summary>A WebM with one video track.</summary>
    public static byte[] WebM(int width, int height, float milliseconds)
    {
        var duration = new byte[4];
        BinaryPrimitives.WriteSingleBigEndian(duration, milliseconds);
        var info = Element([0x15, 0x49, 0xA9, 0x66], [.. Element([0x2A, 0xD7, 0xB1], U32(1_000_000)), .. Element([0x44, 0x89], duration)]);
        var video = Element([0xE0], [.. Element([0xB0], U16(width)), .. Element([0xBA], U16(height))]);
        var tracks = Element([0x16, 0x54, 0xAE, 0x6B], Element([0xAE], video));
        return
        [
            .. Element([0x1A, 0x45, 0xDF, 0xA3], Element([0x42, 0x82], [.. "webm"u8])),
            0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. info, .. tracks,
        ];
    }

    static byte[] Box(string type, byte[] content) => [.. U32(content.Length + 8), .. Encoding.ASCII.GetBytes(type), .. content];

    static byte[] Element(byte[] id, byte[] content) => [.. id, (byte)(0x80 | content.Length), .. content];

    static byte[] U32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    static byte[] U16(int value) => U32(value)[2..];

    static byte[] Little(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
