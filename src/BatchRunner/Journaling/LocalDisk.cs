using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Journaling;

/// <summary>This machine's disk.</summary>
sealed class LocalDisk : IDisk
{
    public IAppendFile OpenForAppend(string path)
    {
        if (!File.Exists(path))
        {
            File.Create(path).Dispose();
            Disk.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        }

        return OperatingSystem.IsWindows()
            ? new WindowsFile(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read))
            : new UnixFile(path, Disk.OpenForAppend(path));
    }

    // The lock keeps other writers out on both; O_APPEND makes sure that one who ignores it overwrites nothing.
    sealed class UnixFile(string path, SafeFileHandle handle) : IAppendFile
    {
        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (!OperatingSystem.IsWindows())
            {
                Disk.Append(handle, bytes);
            }
        }

        public void Sync() => Disk.Sync(handle);

        public void Cut(long length)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.SetLength(file, length);
            Disk.Sync(file);
        }

        public void Dispose() => handle.Dispose();
    }

    sealed class WindowsFile(SafeFileHandle handle) : IAppendFile
    {
        long end = RandomAccess.GetLength(handle);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, end);
            end += bytes.Length;
        }

        public void Sync() => Disk.Sync(handle);

        public void Cut(long length)
        {
            RandomAccess.SetLength(handle, length);
            end = length;
            Disk.Sync(handle);
        }

        public void Dispose() => handle.Dispose();
    }
}
