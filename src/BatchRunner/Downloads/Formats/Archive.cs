using System.Buffers.Binary;

namespace BatchRunner.Downloads.Formats;

/// <summary>ZIP: its directory stands at the end and says where it begins. Nothing is unpacked.</summary>
static class Archive
{
    const int EndLength = 22;

    public static string? FindProblem(FileView file, bool isFramed)
    {
        // The end may carry a comment of up to 64 KiB; it is the right one only if that reaches the file's end.
        var count = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        var tail = file.At(file.Length - count, count);
        for (var comment = 0; comment <= count - EndLength; comment++)
        {
            var end = tail[(count - EndLength - comment)..];
            if (end.StartsWith("PK\u0005\u0006"u8) && BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) == comment)
            {
                return FindProblem(file, file.Length - EndLength - comment, end);
            }
        }

        return "it has no end of its directory";
    }

    static string? FindProblem(FileView file, long offset, ReadOnlySpan<byte> end)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);

        // In a large archive another record before this one holds the place.
        if (size == uint.MaxValue || start == uint.MaxValue)
        {
            return file.Has(offset - 20, "PK\u0006\u0007"u8) ? null : "its directory is not where it should be";
        }

        return start + (long)size == offset && (size == 0 || file.Has(start, "PK\u0001\u0002"u8))
            ? null
            : "its directory is not where it should be";
    }
}
