using System.Buffers.Binary;

namespace BatchRunner.Catalogue.Probing;

/// <summary>PNG, JPEG, WebP and GIF, and the names of a few others that nobody takes.</summary>
static class ImageHead
{
    const int MostSegments = 1000;

    public static MediaFacts? Read(ByteWindow window)
    {
        var head = window.At(0, 32);
        return head switch
        {
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(head),
            [0xFF, 0xD8, 0xFF, ..] => Jpeg(window),
            _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => Gif(head),
            _ when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8) => WebP(head),
            _ when head.StartsWith("BM"u8) && head.Length >= 18 && head[6..10].SequenceEqual("\0\0\0\0"u8) => Named("image/bmp"),
            _ when head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) => Named("image/tiff"),
            _ => null,
        };
    }

    static MediaFacts Named(string type, int width = 0, int height = 0) =>
        width > 0 && height > 0 ? new(type, 0, width, height, null) : new(type, 0, null, null, null);

    static MediaFacts Png(ReadOnlySpan<byte> head) =>
        head.Length >= 24 && head[12..16].SequenceEqual("IHDR"u8)
            ? Named("image/png", BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]))
            : Named("image/png");

    static MediaFacts Gif(ReadOnlySpan<byte> head) =>
        head.Length >= 10
            ? Named("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]))
            : Named("image/gif");

    static MediaFacts WebP(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return Named("image/webp");
        }

        var chunk = head[12..16];
        var data = head[20..];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return Named("image/webp", U24(data[4..]) + 1, U24(data[7..]) + 1);
        }

        if (chunk.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return Named("image/webp", (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8 "u8) && data[3..6] is [0x9D, 0x01, 0x2A]
            ? Named("image/webp",
                BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
            : Named("image/webp");
    }

    static int U24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    // Segment by segment to the frame header; a camera's preview sits inside a segment and is stepped over with it.
    static MediaFacts Jpeg(ByteWindow window)
    {
        var at = 2L;
        for (var i = 0; i < MostSegments; i++)
        {
            var segment = window.At(at, 9);
            if (segment is not [0xFF, var marker, ..])
            {
                break;
            }

            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += 2;
                continue;
            }

            if (segment.Length < 4 || marker is 0xD9 or 0xDA)
            {
                break;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && segment.Length == 9)
            {
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
                return Named("image/jpeg", width, height);
            }

            at += 2 + Math.Max(length, (ushort)2);
        }

        return Named("image/jpeg");
    }
}
