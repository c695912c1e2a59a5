using System.Security.Cryptography;
using BatchRunner.Journaling;
using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Downloads;

/// <summary>A file that is being written beside its final name, hashed as it grows. Gone unless it is kept.</summary>
sealed class PartFile : IDisposable
{
    readonly HeldFolder folder;
    readonly string name;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    bool isKept;

    /// <summary>Removes what a run before left and begins anew: never into a file or through a link that is there.</summary>
    public PartFile(HeldFolder folder, string finalName)
    {
        this.folder = folder;
        name = NameOf(finalName);
        File.Delete(folder[name]);
        Handle = File.OpenHandle(folder[name], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>What a file is called until it is whole.</summary>
    public static string NameOf(string finalName) => finalName + ".part";

    /// <summary>To read what was written.</summary>
    public SafeFileHandle Handle { get; }

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(Handle, bytes, Length);
        hash.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>SHA-256 of everything written, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>
    /// Puts the file under its final name, on the disk with all its bytes. If that name is taken by a file with the same
    /// bytes, that one is ours (a run before ended between naming it and saying so); false if it is any other.
    /// </summary>
    public bool Keep(string finalName)
    {
        Disk.Sync(Handle);
        isKept = Disk.RenameIfFree(folder[name], folder[finalName]);
        var isOurs = isKept || HasSameBytes(finalName);
        folder.Sync();
        return isOurs;
    }

    public void Dispose()
    {
        Handle.Dispose();
        hash.Dispose();
        if (isKept)
        {
            return;
        }

        try
        {
            File.Delete(folder[name]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next attempt removes it, or says why it can't.
        }
    }

    bool HasSameBytes(string finalName)
    {
        var there = new FileInfo(folder[finalName]);
        if (!there.Exists || there.LinkTarget is not null || there.Length != Length)
        {
            return false;
        }

        using var file = File.OpenRead(there.FullName);
        if (Convert.ToHexStringLower(SHA256.HashData(file)) != Sha256())
        {
            return false;
        }

        Disk.Sync(file.SafeFileHandle);
        return true;
    }
}
