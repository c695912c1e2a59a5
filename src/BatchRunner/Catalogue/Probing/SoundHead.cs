using System.Buffers.Binary;

namespace BatchRunner.Catalogue.Probing;

/// <summary>WAV, FLAC, MP3 and raw AAC.</summary>
static class SoundHead
{
    const int MostChunks = 100;

    public static MediaFacts? Read(ByteWindow window)
    {
        var head = window.At(0, 64);
        return head switch
        {
            _ when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WAVE"u8) => Wave(window),
            _ when head.StartsWith("fLaC"u8) => Flac(head),
            _ when head.StartsWith("ID3"u8) && head.Length >= 10 => Mp3(window, 10 + SyncSafe(head[6..10])),
            [0xFF, var second, ..] when (second & 0xF6) == 0xF0 => new MediaFacts("audio/aac", 0, null, null, null),
            [0xFF, var second, ..] when (second & 0xE0) == 0xE0 && Mp3Frame(head) is not null => Mp3(window, 0),
            _ => null,
        };
    }

    static MediaFacts Wave(ByteWindow window)
    {
        var at = 12L;
        uint rate = 0;
        for (var i = 0; i < MostChunks && window.At(at, 8) is { Length: 8 } chunk; i++)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("fmt "u8) && window.At(at + 8, 16) is { Length: 16 } format)
            {
                rate = BinaryPrimitives.ReadUInt32LittleEndian(format[8..]);
            }
            else if (chunk[..4].SequenceEqual("data"u8))
            {
                var bytes = Math.Min(size, window.Length - at - 8);
                return Sound("audio/wav", rate > 0 ? (decimal)bytes / rate : null);
            }

            at += 8 + size + (size & 1);
        }

        return Sound("audio/wav", null);
    }

    static MediaFacts Flac(ReadOnlySpan<byte> head)
    {
        if (head.Length < 26)
        {
            return Sound("audio/flac", null);
        }

        // 20 bits of rate, 3 of channels, 5 of depth, 36 of samples.
        var bits = BinaryPrimitives.ReadUInt64BigEndian(head[18..]);
        var (rate, samples) = (bits >> 44, bits & 0xF_FFFF_FFFF);
        return Sound("audio/flac", rate > 0 && samples > 0 ? (decimal)samples / rate : null);
    }

    // Exact for a constant bit rate, and with the frame count some encoders leave in the first frame; else unknown.
    static MediaFacts Mp3(ByteWindow window, long at)
    {
        var head = window.At(at, 64);
        if (Mp3Frame(head) is not { } frame)
        {
            return Sound("audio/mpeg", null);
        }

        var mark = Math.Max(head.IndexOf("Xing"u8), head.IndexOf("Info"u8));
        if (mark > 0 && mark + 12 <= head.Length && (head[mark + 7] & 1) == 1)
        {
            var frames = BinaryPrimitives.ReadUInt32BigEndian(head[(mark + 8)..]);
            return Sound("audio/mpeg", (decimal)frames * frame.Samples / frame.Rate);
        }

        return Sound("audio/mpeg", (window.Length - at) * 8m / frame.BitRate);
    }

    static (int BitRate, int Rate, int Samples)? Mp3Frame(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<int> rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        ReadOnlySpan<int> rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        ReadOnlySpan<int> samples1 = [44100, 48000, 32000];
        if (head is not [0xFF, var b, var c, _, ..] || (b & 0xE6) != 0xE2 || c >> 4 is 0 or 15 || ((c >> 2) & 3) == 3)
        {
            return null;
        }

        var version = (b >> 3) & 3;
        var rate = samples1[(c >> 2) & 3];
        return version switch
        {
            3 => (rates1[c >> 4] * 1000, rate, 1152),
            2 => (rates2[c >> 4] * 1000, rate / 2, 576),
            0 => (rates2[c >> 4] * 1000, rate / 4, 576),
            _ => null,
        };
    }

    static long SyncSafe(ReadOnlySpan<byte> b) =>
        ((long)(b[0] & 0x7F) << 21) | ((long)(b[1] & 0x7F) << 14) | ((long)(b[2] & 0x7F) << 7) | (uint)(b[3] & 0x7F);

    static MediaFacts Sound(string type, decimal? seconds) =>
        new(type, 0, null, null, seconds is { } s ? Math.Round(s, 3) : null);
}
