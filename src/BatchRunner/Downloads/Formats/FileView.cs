using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Downloads.Formats;

/// <summary>A file to look into here and there, cheaply when the places are near each other.</summary>
sealed class FileView(SafeFileHandle file, long length) : IDisposable
{
    /// <summary>The most that can be looked at at once.</summary>
    public const int WindowBytes = 128 * 1024;

    // Lent: made anew for every file, it would be by far the most memory that a file takes.
    readonly byte[] window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    long windowStart;
    int windowLength;

    public long Length => length;

    /// <summary>
    /// The bytes at that place, or none if the file does not have all of them. Looking elsewhere makes them invalid.
    /// </summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        if (offset < 0 || count > WindowBytes || offset > length - count)
        {
            return [];
        }

        if (offset < windowStart || offset + count > windowStart + windowLength)
        {
            windowStart = offset;
            windowLength = RandomAccess.Read(file, window.AsSpan(0, WindowBytes), offset);
        }

        var start = (int)(offset - windowStart);
        return start + count <= windowLength ? window.AsSpan(start, count) : [];
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(window);

    public bool Has(long offset, ReadOnlySpan<byte> bytes) => At(offset, bytes.Length).SequenceEqual(bytes);
}
