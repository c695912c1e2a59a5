using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BatchRunner.Manifests.Files;

/// <summary>What stands at a path, links followed.</summary>
enum FileKind
{
    Missing,
    Regular,
    Folder,

    /// <summary>A pipe, a socket or a device: opening it may wait for ever, or never end.</summary>
    Other,
}

/// <summary>Tells regular files from pipes and devices without opening them, which .NET can't.</summary>
static partial class FileKinds
{
    // statx(2): the one layout that is the same on every Linux machine.
    const int CurrentFolder = -100;
    const uint TypeMask = 1;
    const int ResultSize = 256;
    const int ModeOffset = 28;

    public static FileKind Of(string fullPath)
    {
        if (Directory.Exists(fullPath))
        {
            return FileKind.Folder;
        }

        return File.Exists(fullPath) ? OfExisting(fullPath) : FileKind.Missing;
    }

    static FileKind OfExisting(string fullPath)
    {
        if (!OperatingSystem.IsLinux())
        {
            return FileKind.Regular;
        }

        try
        {
            Span<byte> result = stackalloc byte[ResultSize];

            // For .NET a link that leads nowhere exists.
            var answer = Statx(CurrentFolder, fullPath, 0, TypeMask, ref MemoryMarshal.GetReference(result));
            return answer != 0 ? FileKind.Missing
                : (BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]) & 0xF000) == 0x8000 ? FileKind.Regular
                : FileKind.Other;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call: what it is shows when it is read, within a bound.
            return FileKind.Regular;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte result);
}
