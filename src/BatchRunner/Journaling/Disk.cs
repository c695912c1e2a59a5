using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace BatchRunner.Journaling;

/// <summary>
/// The disk calls whose result matters, made to the system and checked: .NET 10.0.12 on Linux hides a failed fsync, can't
/// sync a directory, and copies where a rename is not possible. Every failure is an <see cref="IOException"/>.
/// </summary>
static partial class Disk
{
    const int ErrorInterrupted = 4;
    const int ErrorExists = 17;
    const int ErrorNotSupportedByDisk = 22;
    const int ErrorNoSuchCallOnLinux = 38;
    const int ErrorNoSuchCallOnMac = 45;
    const int CurrentDirectory = -100;
    const int ErrorHeldOnLinux = 11;
    const int ErrorHeldOnMac = 35;

    /// <summary>Everything written to the file is on the disk when this returns.</summary>
    public static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!FlushFileBuffers(file))
            {
                throw Failure("sync", Marshal.GetLastPInvokeError(), null);
            }

            return;
        }

        int result;
        do
        {
            result = OperatingSystem.IsMacOS() ? FileControl(file, FullSync) : FileSync(file);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted);

        if (result < 0)
        {
            throw Failure("sync", Marshal.GetLastPInvokeError(), null);
        }
    }

    /// <summary>The names in a folder are on the disk when this returns. Windows keeps them by itself.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = OpenExisting(path, CloseOnExec);
        Sync(folder);
    }

    /// <summary>Renames within one file system, replacing what has the name. Never copies.</summary>
    public static void Rename(string from, string to)
    {
        var isDone = OperatingSystem.IsWindows()
            ? MoveFile(from, to, ReplaceExisting | WriteThrough)
            : RenameFile(from, to) == 0;
        if (!isDone)
        {
            throw Failure("rename", Marshal.GetLastPInvokeError(), to);
        }
    }

    /// <summary>Renames within one file system; false if the name is taken, and then nothing is changed. Never copies.</summary>
    public static bool RenameIfFree(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            return MoveFile(from, to, WriteThrough) || TakenOrThrow(to, 183, 80);
        }

        var result = RenameWithoutReplacing(from, to);
        if (result == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error is not (ErrorNotSupportedByDisk or ErrorNoSuchCallOnLinux or ErrorNoSuchCallOnMac) && result != NoSuchCall)
        {
            return TakenOrThrow(to, ErrorExists);
        }

        // Some file systems can't rename without replacing; a second name that must be new is as safe.
        if (Link(from, to) != 0)
        {
            return TakenOrThrow(to, ErrorExists);
        }

        return Unlink(from) == 0 ? true : throw Failure("remove", Marshal.GetLastPInvokeError(), from);
    }

    /// <summary>Opens a file so that every write lands at its end, whoever else writes. It must exist.</summary>
    [UnsupportedOSPlatform("windows")]
    internal static SafeFileHandle OpenForAppend(string path) => OpenExisting(path, WriteOnly | AppendOnly | CloseOnExec);

    /// <summary>Opens a file for reading past any lock: .NET takes a shared one, which a held file refuses.</summary>
    [UnsupportedOSPlatform("windows")]
    internal static SafeFileHandle OpenUnlocked(string path) => OpenExisting(path, CloseOnExec);

    /// <summary>Keeps every other process from holding the file, until it is closed or this process ends; false if another does.</summary>
    [UnsupportedOSPlatform("windows")]
    internal static bool TryHold(SafeFileHandle file)
    {
        const int exclusivelyAtOnce = 2 | 4;
        if (LockFile(file, exclusivelyAtOnce) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is ErrorHeldOnLinux or ErrorHeldOnMac ? false : throw Failure("lock", error, null);
    }

    /// <summary>Writes all of it where the file's end is.</summary>
    [UnsupportedOSPlatform("windows")]
    internal static unsafe void Append(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes)
            {
                written = Write(file, start, (nuint)bytes.Length);
            }

            if (written >= 0)
            {
                bytes = bytes[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() != ErrorInterrupted)
            {
                throw Failure("write", Marshal.GetLastPInvokeError(), null);
            }
        }
    }

    const int NoSuchCall = -2;

    static int RenameWithoutReplacing(string from, string to)
    {
        try
        {
            return OperatingSystem.IsMacOS()
                ? RenameExclusively(from, to, 4)
                : RenameAt(CurrentDirectory, from, CurrentDirectory, to, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library: the caller takes the other way.
            return NoSuchCall;
        }
    }

    static bool TakenOrThrow(string path, params ReadOnlySpan<int> taken) =>
        taken.Contains(Marshal.GetLastPInvokeError())
            ? false
            : throw Failure("rename", Marshal.GetLastPInvokeError(), path);

    static SafeFileHandle OpenExisting(string path, int flags)
    {
        int descriptor;
        do
        {
            descriptor = Open(path, flags);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted);

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw Failure("open", Marshal.GetLastPInvokeError(), path);
    }

    static IOException Failure(string verb, int error, string? path) =>
        new($"can't {verb}{(path is null ? "" : $" `{path}`")}: {Marshal.GetPInvokeErrorMessage(error)}", error);

    const int FullSync = 51;
    const int WriteOnly = 1;
    const uint ReplaceExisting = 1;
    const uint WriteThrough = 8;

    static int AppendOnly => OperatingSystem.IsMacOS() ? 0x8 : 0x400;

    static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int LockFile(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(SafeFileHandle file);

    // Without its variable third argument on purpose: Apple's ABI passes those elsewhere, and F_FULLFSYNC takes none.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle file, int command);

    // Without a mode for the same reason: it never creates.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(SafeFileHandle file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameExclusively(string from, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [LibraryImport("kernel32", EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool MoveFile(string from, string to, uint flags);
}
