using BatchRunner.Journaling;

namespace BatchRunner.TestKit.Fakes;

/// <summary>The real disk without its syncs, which fails when told: by the number of a write or a sync, from 1.</summary>
sealed class FakeDisk : IDisk
{
    readonly LocalDisk disk = new();

    public int WriteCount { get; private set; }

    public int SyncCount { get; private set; }

    /// <summary>Bytes of the file that a sync has acknowledged.</summary>
    public long DurableLength { get; private set; }

    public Func<int, bool> FailsWrite { get; set; } = _ => false;

    public Func<int, bool> FailsSync { get; set; } = _ => false;

    public IAppendFile OpenForAppend(string path) => new FakeFile(this, path, disk.OpenForAppend(path));

    sealed class FakeFile(FakeDisk disk, string path, IAppendFile file) : IAppendFile
    {
        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (disk.FailsWrite(++disk.WriteCount))
            {
                // As a full disk does it: a part is written.
                file.Append(bytes[..(bytes.Length / 2)]);
                throw new IOException("can't write: No space left on device", 28);
            }

            file.Append(bytes);
        }

        public void Sync()
        {
            if (disk.FailsSync(++disk.SyncCount))
            {
                throw new IOException("can't sync: Input/output error", 5);
            }

            disk.DurableLength = new FileInfo(path).Length;
        }

        public void Cut(long length) => file.Cut(length);

        public void Dispose() => file.Dispose();
    }
}
