using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Journaling;

/// <summary>Folders held open, and refusals in words.</summary>
static partial class Disk
{
    const int ErrorNoFolder = 20;
    const int ErrorLink = 40;

    /// <summary>Opens a folder to sync it or to reach into it. Null if it is a file, or a link not to be followed.</summary>
    [SupportedOSPlatform("linux")]
    internal static SafeFileHandle? OpenFolder(string path, bool isLinkFollowed)
    {
        // These two flags differ between processors.
        var isArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
        var (folderOnly, noLink) = isArm ? (0x4000, 0x8000) : (0x10000, 0x20000);
        try
        {
            return OpenExisting(path, CloseOnExec | folderOnly | (isLinkFollowed ? 0 : noLink));
        }
        catch (IOException error) when (!isLinkFollowed && error.HResult is ErrorNoFolder or ErrorLink)
        {
            // The caller asked what is there; this is the answer.
            return null;
        }
    }

    /// <summary>
    /// Waits until no other process holds the folder, and holds it until it is closed or this process ends. Where the file
    /// system keeps no locks of folders, nobody is kept out.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    internal static SafeFileHandle HoldFolder(string path)
    {
        const int exclusively = 2;
        var folder = OpenExisting(path, CloseOnExec);
        while (LockFile(folder, exclusively) < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
        {
        }

        return folder;
    }

    /// <summary>What a disk's refusal means, in our words: the platform's own hold whole paths.</summary>
    public static string Describe(Exception error) => (error, error.HResult) switch
    {
        (UnauthorizedAccessException, _) => "permission denied",
        (FileNotFoundException or DirectoryNotFoundException, _) => "it is not there",
        (PathTooLongException, _) or (_, 36 or 63) => "the name is too long",
        (_, 1 or 13) => "permission denied",
        (_, 2) => "it is not there",
        (_, 5) => "the disk has an input/output error",
        (_, 17 or 20 or 21) => "something else has that name",
        (_, 28 or unchecked((int)0x80070070)) => "no space left",
        (_, 30) => "the disk is read-only",
        (_, 40) => "it is a link",
        (_, 122 or 69) => "the quota is used up",
        (_, 27) => "the file is too large for the disk",
        (_, 24) => "too many open files",
        (_, ErrorHeldOnLinux or ErrorHeldOnMac or unchecked((int)0x80070020)) => "another process has it open",
        _ => "the disk refused",
    };
}
