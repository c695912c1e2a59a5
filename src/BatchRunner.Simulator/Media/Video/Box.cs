using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BatchRunner.Simulator.Media.Video;

/// <summary>A box (QuickTime: an atom) of an ISO media file, built from the inside out.</summary>
sealed class Box
{
    readonly ArrayBufferWriter<byte> content = new();

    public static byte[] Of(string type, params ReadOnlySpan<byte[]> children)
    {
        var box = new Box();
        foreach (var child in children)
        {
            box.Raw(child);
        }

        return box.Close(type);
    }

    public Box Byte(int value) => Raw([(byte)value]);

    public Box Short(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        content.Write(bytes);
        return this;
    }

    public Box Long(params ReadOnlySpan<uint> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            content.Write(bytes);
        }

        return this;
    }

    public Box Text(string ascii) => Raw(Encoding.ASCII.GetBytes(ascii));

    public Box Zeros(int count) => Raw(new byte[count]);

    public Box Raw(ReadOnlySpan<byte> bytes)
    {
        content.Write(bytes);
        return this;
    }

    public byte[] Close(string type)
    {
        var bytes = new byte[8 + content.WrittenCount];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)bytes.Length);
        Encoding.ASCII.GetBytes(type, bytes.AsSpan(4));
        content.WrittenSpan.CopyTo(bytes.AsSpan(8));
        return bytes;
    }
}
