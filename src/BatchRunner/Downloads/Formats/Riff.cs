using System.Buffers.Binary;
using System.Globalization;

namespace BatchRunner.Downloads.Formats;

/// <summary>WAV and WebP: the head says how long the file is.</summary>
static class Riff
{
    public static string? FindProblem(FileView file, bool isFramed)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(file.At(4, 4));

        // Sound that was written as it was made has no length in its head.
        if (size is 0 or uint.MaxValue && file.Has(8, "WAVE"u8))
        {
            return isFramed ? null : "its head gives no length, and the server gave none";
        }

        var said = size + 8L + (size & 1);
        return said == file.Length || said - (size & 1) == file.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it has {file.Length} bytes, but its head says {said}");
    }
}
