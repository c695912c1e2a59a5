using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Journaling;

/// <summary>Folders held open.</summary>
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
}
