namespace BatchRunner.Journaling;

/// <summary>The disk as the journal needs it, so that a spec can break it. Failures are <see cref="IOException"/>.</summary>
interface IDisk
{
    /// <summary>Opens for appending; makes the file, and its name durable, if there is none.</summary>
    IAppendFile OpenForAppend(string path);
}

/// <summary>A file that only grows, or is cut.</summary>
interface IAppendFile : IDisposable
{
    /// <summary>Writes all of it at the end. After a failure the end is not known.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>What was appended is on the disk when this returns.</summary>
    void Sync();

    /// <summary>Drops everything after <paramref name="length"/> bytes.</summary>
    void Cut(long length);
}

/// <summary>Another process holds the file, and so works in this folder.</summary>
sealed class HeldException(string path) : IOException($"another process holds `{path}`");
