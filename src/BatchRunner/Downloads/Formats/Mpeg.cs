namespace BatchRunner.Downloads.Formats;

/// <summary>MP3: frame after frame to the end, with a tag before and perhaps one after.</summary>
static class Mpeg
{
    static readonly int[] BitratesOf1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    static readonly int[] BitratesOf2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    static readonly int[] RatesOf1 = [44100, 48000, 32000];

    public static string? FindProblem(FileView file, bool isFramed)
    {
        var offset = TagLength(file);
        var hasFrame = false;
        while (offset < file.Length)
        {
            if (hasFrame && offset == file.Length - 128 && file.Has(offset, "TAG"u8))
            {
                return null;
            }

            var length = FrameLength(file.At(offset, 4));
            if (length == 0 || offset > file.Length - length)
            {
                return length == 0 ? "there is no frame where the next one should be" : "it ends in the middle of a frame";
            }

            hasFrame = true;
            offset += length;
        }

        return hasFrame && offset == file.Length ? null : "it has no sound";
    }

    public static bool IsFrame(ReadOnlySpan<byte> head) => FrameLength(head) > 0;

    /// <summary>Of the tag before the sound: seven bits in each of four bytes.</summary>
    static long TagLength(FileView file)
    {
        if (!file.Has(0, "ID3"u8) || file.At(0, 10) is not { Length: 10 } head)
        {
            return 0;
        }

        var size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
        return size + 10L + ((head[5] & 0x10) != 0 ? 10 : 0);
    }

    /// <summary>Of a layer III frame with this head, or 0 if it is none.</summary>
    static int FrameLength(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != 0xff || (head[1] & 0xe6) != 0xe2)
        {
            return 0;
        }

        var version = (head[1] >> 3) & 3;
        var (bitrate, rate) = (head[2] >> 4, (head[2] >> 2) & 3);
        if (version == 1 || bitrate is 0 or 15 || rate == 3)
        {
            return 0;
        }

        var isFirst = version == 3;
        var kilobits = (isFirst ? BitratesOf1 : BitratesOf2)[bitrate];
        var hertz = RatesOf1[rate] >> (isFirst ? 0 : version == 2 ? 1 : 2);
        return ((isFirst ? 144_000 : 72_000) * kilobits / hertz) + ((head[2] >> 1) & 1);
    }
}
