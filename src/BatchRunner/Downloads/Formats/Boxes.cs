using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BatchRunner.Downloads.Formats;

/// <summary>Files made of boxes: each says how long it is, and the last must end where the file does.</summary>
static class Boxes
{
    // A film in fragments of a second has two boxes a second; without a bound, eight bytes each would take an hour.
    const int MaxCount = 100_000;

    public static string? FindProblemInMovie(FileView file, bool isFramed) => Walk(file, isFramed, ["ftyp", "moov", "mdat"]);

    public static string? FindProblemInImage(FileView file, bool isFramed) => Walk(file, isFramed, ["ftyp", "meta", "mdat"]);

    static string? Walk(FileView file, bool isFramed, string[] wanted)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var offset = 0L;
        for (var count = 0; offset < file.Length; count++)
        {
            var head = file.At(offset, 8);
            if (head.IsEmpty || count == MaxCount)
            {
                return head.IsEmpty ? "it ends in the middle of a box's head" : "it has too many boxes";
            }

            if (head[4..].ContainsAnyExceptInRange((byte)0x20, (byte)0xa9))
            {
                return Place("there is no box", offset);
            }

            var type = Encoding.Latin1.GetString(head[4..]);
            var size = SizeOf(file, offset, head);
            if (size is 0 && !isFramed)
            {
                return $"its `{type}` has no length, and the server gave none";
            }

            if (size is 0)
            {
                size = file.Length - offset;
            }

            if (size is null or < 8 || offset > file.Length - size)
            {
                return size is >= 8
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{offset + size - file.Length} bytes of its `{type}` are missing")
                    : Place("a box has no length that is possible", offset);
            }

            found.Add(type);
            offset += size.Value;
        }

        return Array.Find(wanted, type => !found.Contains(type)) is { } missing ? $"it has no `{missing}`" : null;
    }

    /// <summary>Of the whole box; 0 if it goes to the end of the file, null if that is not said.</summary>
    static long? SizeOf(FileView file, long offset, ReadOnlySpan<byte> head)
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (size != 1)
        {
            return size;
        }

        var large = file.At(offset + 8, 8);
        return !large.IsEmpty && BinaryPrimitives.ReadUInt64BigEndian(large) is >= 16 and <= long.MaxValue / 2 and var wide
            ? (long)wide
            : null;
    }

    static string Place(string what, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} at byte {offset}");
}
