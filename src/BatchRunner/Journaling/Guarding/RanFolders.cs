using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Journaling.Guarding;

/// <summary>
/// Which journal a run's folder had when this machine last ran there, kept outside of the folder and by its path. A plan that
/// was saved before the first run says nothing of a journal; it must not be taken for one that nobody has paid for when the
/// folder is gone.
/// </summary>
static class RanFolders
{
    const int MostDigits = 64;

    /// <summary>The id of the last journal there, or null: nothing is known of a run.</summary>
    /// <param name="outside">The user's folder.</param>
    /// <param name="folder">The run's.</param>
    public static string? JournalOf(string outside, RunFolder folder)
    {
        try
        {
            var path = PathOf(outside, folder);
            var id = FolderCheck.IsPlainFile(path) && new FileInfo(path).Length <= MostDigits ? File.ReadAllText(path) : "";
            return id.Length > 0 && id.All(char.IsAsciiLetterOrDigit) ? id : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As on a machine that never ran it.
            return null;
        }
    }

    /// <summary>
    /// The folder is run with that journal from now on. A note that can't be kept stops nothing, for it is one of several
    /// nets; null, or why not.
    /// </summary>
    public static string? Note(string outside, RunFolder folder, string journal)
    {
        var path = PathOf(outside, folder);
        try
        {
            Directory.CreateDirectory(outside);
            if (Path.Exists(path) && !FolderCheck.IsPlainFile(path))
            {
                return $"`{path}` is a link, or no file";
            }

            if (JournalOf(outside, folder) != journal)
            {
                File.WriteAllText(path, journal);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A plan that was saved is bound in its own file, too.
            return Disk.Describe(error);
        }
    }

    // `out/ads/` is the folder `out/ads`.
    static string PathOf(string outside, RunFolder folder) => OutsideFiles.PathOf(
        outside,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(folder.Root)))),
        ".ran");
}
