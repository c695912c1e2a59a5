using System.Buffers.Binary;

namespace BatchRunner.Catalogue.Probing;

/// <summary>WebM and MKV: nested elements whose ids and sizes have variable length; only the head of the file is read.</summary>
static class Matroska
{
    const int HeadBytes = 64 * 1024;

    const int MostElements = 2000;

    public static MediaFacts Read(ByteWindow window)
    {
        var found = new Found();
        Walk(window.At(0, HeadBytes), ref found);
        var seconds = found.Ticks is > 0 and < 1e15
            ? Math.Round((decimal)(found.Ticks.Value * found.Scale / 1e9), 3)
            : (decimal?)null;
        return new MediaFacts(found.IsWebM ? "video/webm" : "video/x-matroska", 0, found.Width, found.Height, seconds)
        {
            FrameRate = found.FrameNanoseconds is > 1_000_000 and < 10_000_000_000
                ? Math.Round(1_000_000_000m / found.FrameNanoseconds.Value, 3)
                : null,
        };
    }

    // Elements that hold others are entered, not stepped over, so the walk is flat and ends with the bytes.
    static void Walk(ReadOnlySpan<byte> bytes, ref Found found)
    {
        for (var i = 0; i < MostElements && bytes.Length > 1; i++)
        {
            if (Vint(bytes, keepsMark: true) is not { } id || Vint(bytes[id.Length..], keepsMark: false) is not { } size)
            {
                return;
            }

            bytes = bytes[(id.Length + size.Length)..];
            if (id.Value is Id.Ebml or Id.Segment or Id.Info or Id.Tracks or Id.Track or Id.Video)
            {
                continue;
            }

            var length = (int)Math.Min(size.Value, (ulong)bytes.Length);
            found.Take((uint)Math.Min(id.Value, uint.MaxValue), bytes[..length]);
            bytes = bytes[length..];
        }
    }

    static (ulong Value, int Length)? Vint(ReadOnlySpan<byte> bytes, bool keepsMark)
    {
        if (bytes is not [not 0 and var first, ..])
        {
            return null;
        }

        var length = 1;
        for (var mark = 0x80; (first & mark) == 0; mark >>= 1)
        {
            length++;
        }

        if (length > bytes.Length)
        {
            return null;
        }

        var value = keepsMark ? first : (ulong)(first & ((0x80 >> (length - 1)) - 1));
        foreach (var next in bytes[1..length])
        {
            value = (value << 8) | next;
        }

        return (value, length);
    }

    static class Id
    {
        public const uint Ebml = 0x1A45DFA3;
        public const uint DocType = 0x4282;
        public const uint Segment = 0x18538067;
        public const uint Info = 0x1549A966;
        public const uint Scale = 0x2AD7B1;
        public const uint Duration = 0x4489;
        public const uint Tracks = 0x1654AE6B;
        public const uint Track = 0xAE;
        public const uint Video = 0xE0;
        public const uint Width = 0xB0;
        public const uint Height = 0xBA;
        public const uint FrameTime = 0x23E383;
    }

    struct Found()
    {
        public bool IsWebM;
        public int? Width;
        public int? Height;
        public double? Ticks;
        public double Scale = 1_000_000;
        public ulong? FrameNanoseconds;

        public void Take(uint id, ReadOnlySpan<byte> data)
        {
            switch (id)
            {
                case Id.DocType:
                    IsWebM = data.StartsWith("webm"u8);
                    break;
                case Id.Scale when Whole(data) is > 0 and var scale:
                    Scale = scale;
                    break;
                case Id.Duration:
                    Ticks = data.Length switch
                    {
                        4 => BinaryPrimitives.ReadSingleBigEndian(data),
                        8 => BinaryPrimitives.ReadDoubleBigEndian(data),
                        _ => null,
                    };
                    break;
                case Id.Width when Whole(data) is > 0 and <= int.MaxValue and var width:
                    Width ??= (int)width;
                    break;
                case Id.Height when Whole(data) is > 0 and <= int.MaxValue and var height:
                    Height ??= (int)height;
                    break;
                case Id.FrameTime:
                    FrameNanoseconds ??= Whole(data);
                    break;
                default:
                    break;
            }
        }

        static ulong Whole(ReadOnlySpan<byte> data)
        {
            ulong value = 0;
            foreach (var next in data[..Math.Min(data.Length, 8)])
            {
                value = (value << 8) | next;
            }

            return value;
        }
    }
}
