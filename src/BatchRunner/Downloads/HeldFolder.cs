using System.Runtime.Versioning;
using BatchRunner.Journaling;
using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Downloads;

/// <summary>
/// A folder of the run, made if needed and held open, so that nobody can put a link in its place while we write into it.
/// Where the system can't hold folders, each part of the path is looked at instead.
/// </summary>
sealed class HeldFolder : IDisposable
{
    readonly string fullPath;
    readonly SafeFileHandle? handle;

    HeldFolder(string fullPath, SafeFileHandle? handle)
    {
        this.fullPath = fullPath;
        this.handle = handle;
    }

    /// <summary>A name in the folder, as system calls take it.</summary>
    public string this[string name] =>
        Path.Combine(handle is null ? fullPath : $"/proc/self/fd/{handle.DangerousGetHandle()}", name);

    /// <summary>
    /// Opens a folder at or below <paramref name="root"/>. Null, and the path that is in the way, if a part of it is a
    /// link or no folder. Throws <see cref="IOException"/> if the disk refuses.
    /// </summary>
    public static HeldFolder? Open(string root, string fullPath, out string? inTheWay)
    {
        inTheWay = null;
        var relative = Path.GetRelativePath(root, fullPath);
        var parts = relative == "." ? [] : relative.Split(Path.DirectorySeparatorChar);
        if (Path.IsPathRooted(relative) || parts.Contains(".."))
        {
            inTheWay = fullPath;
            return null;
        }

        Directory.CreateDirectory(root);
        var folder = new HeldFolder(root, CanHold ? Disk.OpenFolder(root, isLinkFollowed: true) : null);
        foreach (var part in parts)
        {
            using var parent = folder;
            if (parent.Enter(part) is { } next)
            {
                folder = next;
                continue;
            }

            inTheWay = Path.Combine(parent.fullPath, part);
            return null;
        }

        return folder;
    }

    /// <summary>Its names are on the disk when this returns.</summary>
    public void Sync()
    {
        if (handle is null)
        {
            Disk.SyncDirectory(fullPath);
        }
        else
        {
            Disk.Sync(handle);
        }
    }

    public void Dispose() => handle?.Dispose();

    [SupportedOSPlatformGuard("linux")]
    static bool CanHold { get; } = OperatingSystem.IsLinux() && Directory.Exists("/proc/self/fd");

    HeldFolder? Enter(string name)
    {
        var info = new DirectoryInfo(this[name]);
        if (info.LinkTarget is not null || (!info.Exists && File.Exists(info.FullName)))
        {
            return null;
        }

        if (!info.Exists)
        {
            info.Create();
            Sync();
        }

        var path = Path.Combine(fullPath, name);
        if (!CanHold)
        {
            return new HeldFolder(path, null);
        }

        // A link that came since is not followed.
        return Disk.OpenFolder(this[name], isLinkFollowed: false) is { } held ? new HeldFolder(path, held) : null;
    }
}
