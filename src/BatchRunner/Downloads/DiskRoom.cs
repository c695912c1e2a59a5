using System.Globalization;

namespace BatchRunner.Downloads;

/// <summary>Whether files fit on a disk, with something left beside them for the journal and the results.</summary>
static class DiskRoom
{
    const long LeastSpare = 1024 * 1024;
    const long MostSpare = 64 * 1024 * 1024;

    /// <summary>Bytes that files need in all: small ones do not ask for a large spare.</summary>
    public static long NeededFor(long bytes) => bytes + Math.Clamp(bytes, LeastSpare, MostSpare);

    /// <summary>A size, for people.</summary>
    public static string Words(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.#} MB");

    /// <summary>Bytes free to us on the disk of a folder; null: nobody can tell.</summary>
    public static long? FreeIn(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A share without drives: then writing itself tells.
            return null;
        }
    }
}
