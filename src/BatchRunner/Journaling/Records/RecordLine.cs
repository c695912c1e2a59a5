using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BatchRunner.Journaling.Records;

/// <summary>
/// One line of the journal: <c>{"seq":7,"sum":"0a1b2c3d","at":…}</c>. The sum is the CRC-32C of the line before's sum,
/// of the number and of everything after the sum, so a line that is changed, lost, doubled or moved is noticed.
/// </summary>
static class RecordLine
{
    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    static ReadOnlySpan<byte> Start => "{\"seq\":"u8;

    static ReadOnlySpan<byte> Middle => ",\"sum\":\""u8;

    static ReadOnlySpan<byte> End => "\","u8;

    /// <summary>Frames a payload, a JSON object with at least one member, and returns its sum.</summary>
    public static uint Write(Stream output, long number, uint before, ReadOnlySpan<byte> payload)
    {
        var rest = payload[1..];
        var sum = Sum(before, number, rest);
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var length);
        output.Write(Start);
        output.Write(digits[..length]);
        output.Write(Middle);
        Utf8Formatter.TryFormat(sum, digits, out var sumLength, new StandardFormat('x', 8));
        output.Write(digits[..sumLength]);
        output.Write(End);
        output.Write(rest);
        output.WriteByte((byte)'\n');
        return sum;
    }

    /// <summary>
    /// Reads a line without its end. True if it is whole and follows <paramref name="before"/>; <paramref name="rest"/> is
    /// then its payload without the opening brace.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> line, long expected, uint before, out uint sum, out ReadOnlySpan<byte> rest) =>
        TrySplit(line, out var number, out sum, out rest) && number == expected && Sum(before, number, rest) == sum;

    /// <summary>Splits a line that has the right form, whether or not its sum is right.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, out long number, out uint sum, out ReadOnlySpan<byte> rest)
    {
        number = 0;
        sum = 0;
        rest = [];
        if (!line.StartsWith(Start)
            || !Utf8Parser.TryParse(line[Start.Length..], out number, out var digits)
            || line[Start.Length] is (byte)'0' or (byte)'+' or (byte)'-')
        {
            return false;
        }

        line = line[(Start.Length + digits)..];
        if (!line.StartsWith(Middle) || line.Length < Middle.Length + 8 + End.Length + 1)
        {
            return false;
        }

        var hex = line.Slice(Middle.Length, 8);
        if (hex.ContainsAnyExcept(HexDigits) || !Utf8Parser.TryParse(hex, out sum, out _, 'x'))
        {
            return false;
        }

        rest = line[(Middle.Length + 8)..];
        if (!rest.StartsWith(End))
        {
            return false;
        }

        rest = rest[End.Length..];
        return rest is [.., (byte)'}'];
    }

    static uint Sum(uint before, long number, ReadOnlySpan<byte> bytes)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, before);
        sum = BitOperations.Crc32C(sum, (ulong)number);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, last);
        }

        return ~sum;
    }
}
