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
            : new UnixFile(path);
    }

    // Somebody may have removed the lock's file as stale: the journal itself is held as well. O_APPEND makes sure that one
    // who ignores both overwrites nothing.
    sealed class UnixFile : IAppendFile
    {
        readonly SafeFileHandle handle;

        public UnixFile(string path)
        {
            if (OperatingSystem.IsWindows())
            {
                throw new PlatformNotSupportedException();
            }

            handle = Disk.OpenForAppend(path);
            if (!Disk.TryHold(handle))
            {
                handle.Dispose();
                throw new HeldException(path);
            }
        }

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
            RandomAccess.SetLength(handle, length);
            Disk.Sync(handle);
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
