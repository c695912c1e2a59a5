using System.Buffers.Binary;
using System.Text;

namespace BatchRunner.Simulator.Media.Sounds;

/// <summary>Silence as MP3, with the task's name in its tag, so that no two are the same.</summary>
static class Mp3File
{
    const int FrameLength = 96; // 32 kbit/s at 48 kHz
    const decimal FrameSeconds = 0.024m;

    static readonly byte[] FrameHeader = [0xFF, 0xFB, 0x14, 0xC0];

    public static byte[] Make(string taskId, string title, decimal seconds)
    {
        var tag = Tag($"{taskId} {title}");
        var frames = Math.Max(1, (int)Math.Round(seconds / FrameSeconds));
        var file = new byte[tag.Length + (frames * FrameLength)];
        tag.CopyTo(file, 0);
        for (var i = 0; i < frames; i++)
        {
            FrameHeader.CopyTo(file, tag.Length + (i * FrameLength)); // All zeros after it: nothing to hear.
        }

        return file;
    }

    // ID3v2.3 with one frame: the title.
    static byte[] Tag(string title)
    {
        var text = Encoding.Latin1.GetBytes(title);
        var tag = new byte[21 + text.Length];
        "ID3\u0003"u8.CopyTo(tag);
        var size = tag.Length - 10;
        for (var i = 0; i < 4; i++)
        {
            tag[6 + i] = (byte)((size >> (7 * (3 - i))) & 0x7F);
        }

        "TIT2"u8.CopyTo(tag.AsSpan(10));
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(14), text.Length + 1);
        text.CopyTo(tag, 21);
        return tag;
    }
}
