using System.Buffers.Binary;

namespace BatchRunner.Catalogue.Probing;

/// <summary>WebM and MKV: nested elements whose ids and sizes have variable length; only the head of the file is read.</summary>
static class Matroska
{
    const int HeadBytes = 64 * 1024;

    const int MostElements = 2000;

    const uint DocType = 0x4282, Segment = 0x18538067, Info = 0x1549A966, Scale = 0x2AD7B1, Duration = 0x4489,
        Tracks = 0x1654AE6B, Track = 0xAE, Video = 0xE0, Width = 0xB0, Height = 0xBA, Ebml = 0x1A45DFA3, FrameTime = 0x23E383;

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
            if (id.Value is Ebml or Segment or Info or Tracks or Track or Video)
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
                case DocType:
                    IsWebM = data.StartsWith("webm"u8);
                    break;
                case Scale_ when Whole(data) is > 0 and var scale:
                    Scale = scale;
                    break;
                case Duration:
                    Ticks = data.Length switch
                    {
                        4 => BinaryPrimitives.ReadSingleBigEndian(data),
                        8 => BinaryPrimitives.ReadDoubleBigEndian(data),
                        _ => null,
                    };
                    break;
                case Matroska.Width when Whole(data) is > 0 and <= int.MaxValue and var width:
                    Width ??= (int)width;
                    break;
                case Matroska.Height when Whole(data) is > 0 and <= int.MaxValue and var height:
                    Height ??= (int)height;
                    break;
                case FrameTime:
                    FrameNanoseconds ??= Whole(data);
                    break;
                default:
                    break;
            }
        }

        const uint Scale_ = Matroska.Scale;

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
