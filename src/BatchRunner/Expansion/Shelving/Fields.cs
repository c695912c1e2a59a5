using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BatchRunner.Expansion.Shelving;

/// <summary>Writes the fields of a record, one behind the other. In memory only: nothing of it is a format.</summary>
sealed class FieldWriter
{
    readonly ArrayBufferWriter<byte> bytes = new(1024);

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>Begins a new record.</summary>
    public void Clear() => bytes.ResetWrittenCount();

    public void Write(long number)
    {
        // Seven bits a byte, the lowest first; the sign goes to the lowest, for -1 to be short.
        var rest = (ulong)((number << 1) ^ (number >> 63));
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[length++] = (byte)(rest | 0x80);
        }

        span[length++] = (byte)rest;
        bytes.Advance(length);
    }

    /// <exception cref="EncoderFallbackException">It holds half a surrogate pair, which would not come back.</exception>
    public void Write(string? text)
    {
        if (text is null)
        {
            Write(-1);
            return;
        }

        Write(FieldReader.Strict.GetByteCount(text));
        FieldReader.Strict.GetBytes(text, bytes);
    }

    public void Write(decimal? number)
    {
        Write(number is null ? 0 : 1);
        if (number is { } known)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(known, parts);
            foreach (var part in parts)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(4), part);
                bytes.Advance(4);
            }
        }
    }
}

/// <summary>Reads the fields of a record in the order they were written.</summary>
/// <param name="record">The record.</param>
ref struct FieldReader(ReadOnlySpan<byte> record)
{
    /// <summary>Refuses what would not come back.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    ReadOnlySpan<byte> rest = record;

    public long Long()
    {
        var (bits, shift) = (0UL, 0);
        while (true)
        {
            var next = rest[0];
            rest = rest[1..];
            bits |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (long)(bits >> 1) ^ -(long)(bits & 1);
            }

            shift += 7;
        }
    }

    public int Int() => (int)Long();

    public string? Text()
    {
        var length = Int();
        if (length < 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    /// <summary>Passes a text over.</summary>
    public void Skip()
    {
        var length = Int();
        rest = rest[Math.Max(0, length)..];
    }

    public decimal? Decimal()
    {
        if (Int() == 0)
        {
            return null;
        }

        Span<int> parts = stackalloc int[4];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BinaryPrimitives.ReadInt32LittleEndian(rest[(4 * i)..]);
        }

        rest = rest[16..];
        return new decimal(parts);
    }
}
