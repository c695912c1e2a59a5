using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Journaling.Guarding;

/// <summary>
/// A turn at a file of a folder that several processes change: who has it is alone until it is given back, or until that
/// process ends. It leaves no file behind. A file system that knows no locks gives everybody a turn.
/// </summary>
static class FolderTurn
{
    /// <summary>Waits for it; it is given back on the same thread.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <exception cref="IOException">The folder can't be opened.</exception>
    public static IDisposable Wait(string folder) =>
        OperatingSystem.IsWindows() ? new NamedTurn(folder) : Disk.HoldFolder(folder);

    // Windows locks no folders.
    sealed class NamedTurn : IDisposable
    {
        readonly Mutex mutex;

        public NamedTurn(string folder)
        {
            mutex = new Mutex(false, "batchrunner-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.ToUpperInvariant()))));
            try
            {
                mutex.WaitOne();
            }
            catch (AbandonedMutexException)
            {
                // Whoever had it was killed; the file is whole all the same.
            }
        }

        public void Dispose()
        {
            mutex.ReleaseMutex();
            mutex.Dispose();
        }
    }
}
