using System.Security.Cryptography;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;

namespace BatchRunner.Results;

/// <summary>A file that a reader sees as it was or as it is, whole, whatever happens.</summary>
static class WholeFile
{
    /// <summary>Replaces it: written and synced under another name, renamed, and the folder synced.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static void Replace(string path, byte[] bytes) => Replace(path, stream =>
    {
        stream.Write(bytes);
        return true;
    });

    /// <summary>The same, unless it has these bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the new one.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static void Renew(string path, Action<Stream> write) => Replace(path, stream =>
    {
        write(stream);
        stream.Position = 0;
        return !Has(path, SHA256.HashData(stream));
    });

    /// <summary>Whether a file has the bytes that something writes, none of which are kept.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes what is expected.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static bool Says(string path, Action<Stream> write)
    {
        using var hash = SHA256.Create();
        using (var stream = new BufferedStream(new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write), 1 << 16))
        {
            write(stream);
        }

        return Has(path, hash.Hash ?? []);
    }

    static bool Has(string path, byte[] hash)
    {
        // A link to such a file is another thing, and to open a pipe would be to wait for whoever writes into it.
        if (!FolderCheck.IsPlainFile(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        return SHA256.HashData(file).AsSpan().SequenceEqual(hash);
    }

    /// <summary>The same, piece by piece; if the answer is false, the file stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the new one, may read it again, and says whether it is to take the place of the old one.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static void Replace(string path, Func<Stream, bool> write)
    {
        var fresh = path + ".part";
        // Gone first: a link planted under this name must not be written through.
        File.Delete(fresh);
        bool isWanted;
        using (var file = new FileStream(fresh, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16))
        {
            isWanted = write(file);
            file.Flush();
            if (isWanted)
            {
                Disk.Sync(file.SafeFileHandle);
            }
        }

        if (!isWanted)
        {
            File.Delete(fresh);
            return;
        }

        try
        {
            Disk.Rename(fresh, path);
        }
        catch (IOException)
        {
            // Something else has the name: what is left behind would be taken for half of a clip.
            File.Delete(fresh);
            throw;
        }

        Disk.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetPathRoot(path) ?? path);
    }
}
