using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BatchRunner.Journaling;

/// <summary>
/// The one process that may write into a run's folder. Held by the operating system, so a kill leaves nothing stale; the
/// file's text only says who holds it.
/// </summary>
sealed class RunLock : IDisposable
{
    readonly FileStream file;

    RunLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a folder, at once or not at all.</summary>
    /// <param name="path">The lock's file; its folder exists.</param>
    /// <param name="now">When this run started.</param>
    public static LockAnswer Take(string path, DateTimeOffset now)
    {
        FileStream file;
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return new LockAnswer.Unwritable($"`{path}` is a link");
            }

            file = Open(path);
        }
        catch (UnauthorizedAccessException error)
        {
            return new LockAnswer.Unwritable(Disk.Describe(error));
        }
        catch (IOException error)
        {
            // Held by another process, or the disk has a problem: only then can the file not be read either.
            return ReadHolder(path) is { } holder
                ? new LockAnswer.Held(holder)
                : new LockAnswer.Unwritable(Disk.Describe(error));
        }

        if (!IsEnforced(path))
        {
            file.Dispose();
            return new LockAnswer.NotEnforced();
        }

        try
        {
            var before = Holder(file);
            file.Position = 0;
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(new LockHolder(Environment.ProcessId, Environment.MachineName, now).ToJson()));
            file.Flush();
            return new LockAnswer.Taken(new RunLock(file), before);
        }
        catch (IOException error)
        {
            file.Dispose();
            return new LockAnswer.Unwritable(Disk.Describe(error));
        }
    }

    /// <summary>Whether a run is at work, for those who only look; they never hold the lock themselves.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's folder: nobody can tell, and nothing is written by whoever looks.
            return false;
        }
    }

    /// <summary>Who is at work, as far as it can be read; null if nobody is. For those who only look.</summary>
    public static LockHolder? HolderOf(string path) => IsHeld(path) ? ReadHolder(path) ?? LockHolder.Nobody : null;

    public void Dispose() => file.Dispose();

    static FileStream Open(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    // Network file systems and one .NET switch turn locking off without a word: a second taking must be refused.
    static bool IsEnforced(string path)
    {
        try
        {
            using var second = Open(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    static LockHolder? Holder(FileStream file)
    {
        Span<byte> text = stackalloc byte[1024];
        var length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length == 0 ? null : LockHolder.Parse(Encoding.UTF8.GetString(text[..length]));
    }

    static LockHolder? ReadHolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // Nobody may read it there; that it is held is known all the same.
            return LockHolder.Nobody;
        }

        try
        {
            using var file = Disk.OpenUnlocked(path);
            Span<byte> text = stackalloc byte[1024];
            return LockHolder.Parse(Encoding.UTF8.GetString(text[..RandomAccess.Read(file, text, 0)]));
        }
        catch (IOException)
        {
            // Not held, then, but out of reach.
            return null;
        }
    }
}

/// <summary>What became of taking a lock.</summary>
abstract record LockAnswer
{
    /// <param name="Lock">The lock.</param>
    /// <param name="Before">Who held it before; null if nobody did.</param>
    public sealed record Taken(RunLock Lock, LockHolder? Before) : LockAnswer;

    /// <summary>Another process works here.</summary>
    public sealed record Held(LockHolder Holder) : LockAnswer;

    /// <summary>This file system does not keep a second process out.</summary>
    public sealed record NotEnforced : LockAnswer;

    /// <summary>The folder can't be written.</summary>
    public sealed record Unwritable(string Reason) : LockAnswer;
}

/// <summary>Who holds a lock.</summary>
sealed record LockHolder(int Process, string Host, DateTimeOffset? Since)
{
    /// <summary>Held, but nobody could be read.</summary>
    public static LockHolder Nobody { get; } = new(0, "", null);

    /// <summary>
    /// As far as can be seen from here: on another machine, and on Windows, where nobody can be read, it is taken for alive.
    /// </summary>
    public bool IsAlive
    {
        get
        {
            if (OperatingSystem.IsWindows() || (Process != 0 && Host != Environment.MachineName))
            {
                return true;
            }

            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Process);
                return Process != 0;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    public override string ToString() => Process == 0
        ? "another process"
        : $"process {Process.ToString(CultureInfo.InvariantCulture)} on `{Host}`"
            + (Since is { } since ? $" since {since.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "");

    internal string ToJson() => new System.Text.Json.Nodes.JsonObject
    {
        ["pid"] = Process,
        ["host"] = Host,
        ["since"] = Since?.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
    }.ToJsonString();

    internal static LockHolder Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new LockHolder(
                root.GetProperty("pid").GetInt32(),
                root.GetProperty("host").GetString() ?? "",
                root.GetProperty("since").GetDateTimeOffset());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            // It is being written right now, or somebody wrote into it: that it is held is what counts.
            return Nobody;
        }
    }
}
