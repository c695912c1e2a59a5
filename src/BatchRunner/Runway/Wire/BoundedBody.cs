using System.Buffers;

namespace BatchRunner.Runway.Wire;

/// <summary>An answer's body as it arrives, up to a bound; what came stays readable when the rest does not.</summary>
sealed class BoundedBody
{
    /// <summary>Answers of this API are a few KiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    // Most answers fit as they are; a longer one doubles it.
    readonly ArrayBufferWriter<byte> bytes = new(1024);

    /// <summary>What has arrived.</summary>
    public ReadOnlyMemory<byte> Part => bytes.WrittenMemory;

    /// <summary>Reads to the end; false if there is more than the bound.</summary>
    public async Task<bool> Fill(Stream stream, CancellationToken cancel)
    {
        while (true)
        {
            var room = bytes.GetMemory(1);
            var count = await stream.ReadAsync(room[..Math.Min(room.Length, MaxBytes + 1 - bytes.WrittenCount)], cancel);
            bytes.Advance(count);
            if (bytes.WrittenCount > MaxBytes)
            {
                return false;
            }

            if (count == 0)
            {
                return true;
            }
        }
    }
}
