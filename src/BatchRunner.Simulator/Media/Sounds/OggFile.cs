using System.Buffers.Binary;
using System.Text;

namespace BatchRunner.Simulator.Media.Sounds;

/// <summary>Silence as Ogg Opus, with the task's name in its tags, so that no two are the same.</summary>
static class OggFile
{
    const int PacketSamples = 960; // 20 ms at 48 kHz
    const int PacketsPerPage = 50;
    const int Skip = 312;

    static readonly byte[] Silence = [0xF8, 0xFF, 0xFE];

    public static byte[] Make(string taskId, string title, decimal seconds)
    {
        using var file = new MemoryStream();
        byte[] head = [.. "OpusHead"u8, 1, 1, Skip & 0xFF, Skip >> 8, 0x80, 0xBB, 0, 0, 0, 0, 0];
        var tag = Encoding.UTF8.GetBytes($"TITLE={taskId} {title}");
        byte[] tags =
        [
            .. "OpusTags"u8, .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(tag.Length), .. tag,
        ];
        var number = 0;
        Page(file, 2, 0, number++, [head]);
        Page(file, 0, 0, number++, [tags]);
        var samples = (long)(seconds * 48_000);
        var packets = (int)((samples + Skip + PacketSamples - 1) / PacketSamples);
        for (var first = 0; first < packets; first += PacketsPerPage)
        {
            var count = Math.Min(PacketsPerPage, packets - first);
            var isLast = first + count == packets;
            var end = isLast ? samples + Skip : (long)(first + count) * PacketSamples;
            Page(file, isLast ? 4 : 0, end, number++, [.. Enumerable.Repeat(Silence, count)]);
        }

        return file.ToArray();
    }

    static void Page(MemoryStream file, int flags, long granule, int number, byte[][] packets)
    {
        byte[] segments =
        [
            .. packets.SelectMany(packet => Enumerable.Repeat((byte)255, packet.Length / 255).Append((byte)(packet.Length % 255))),
        ];
        byte[] page = [.. "OggS"u8, 0, (byte)flags, .. new byte[20], (byte)segments.Length, .. segments, .. packets.SelectMany(packet => packet)];
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(14), 1);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), number);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), Checksum(page));
        file.Write(page);
    }

    // The polynomial of PNG's, but neither mirrored nor inverted.
    static uint Checksum(byte[] page)
    {
        var sum = 0u;
        foreach (var value in page)
        {
            sum ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x80000000) == 0 ? sum << 1 : (sum << 1) ^ 0x04C11DB7;
            }
        }

        return sum;
    }
}
