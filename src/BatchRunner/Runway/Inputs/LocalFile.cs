using System.Security.Cryptography;

namespace BatchRunner.Runway.Inputs;

/// <summary>What reading an input again gave.</summary>
abstract record LocalFile
{
    /// <summary>It still is what was hashed.</summary>
    /// <param name="Bytes">All of it, if they were asked for.</param>
    public sealed record Same(ReadOnlyMemory<byte> Bytes) : LocalFile;

    public sealed record Changed(string Message) : LocalFile;

    public sealed record Unreadable(string Reason, bool IsTransient) : LocalFile;

    /// <summary>Reads a whole file into memory, if it still is the one that was hashed.</summary>
    public static Task<LocalFile> Read(string fullPath, string sha256, long length, CancellationToken cancel) =>
        Look(fullPath, length, async () =>
        {
            var bytes = await File.ReadAllBytesAsync(fullPath, cancel);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256 ? bytes : null;
        });

    /// <summary>Hashes a file of any size again.</summary>
    public static Task<LocalFile> Check(string fullPath, string sha256, long length, CancellationToken cancel) =>
        Look(fullPath, length, async () =>
        {
            await using var file = File.OpenRead(fullPath);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) == sha256 ? [] : null;
        });

    /// <summary>The same length, other bytes.</summary>
    public static Changed OtherBytes(string fullPath) =>
        new($"`{Path.GetFileName(fullPath)}` changed: its bytes are not those that were planned");

    static async Task<LocalFile> Look(string fullPath, long length, Func<Task<byte[]?>> read)
    {
        var name = Path.GetFileName(fullPath);
        try
        {
            // The length first: what took the file's place may be a pipe, which would never end.
            var now = new FileInfo(fullPath);
            if (!now.Exists || now.Length != length)
            {
                return new Changed(now.Exists
                    ? $"`{name}` changed: it had {length} bytes when it was planned, now it has {now.Length}"
                    : $"`{name}` is gone");
            }

            return await read() is { } bytes ? new Same(bytes) : OtherBytes(fullPath);
        }
        catch (IOException)
        {
            // A share that went away may come back.
            return new Unreadable($"`{name}` can't be read", IsTransient: true);
        }
        catch (UnauthorizedAccessException)
        {
            return new Unreadable($"`{name}` may not be read", IsTransient: false);
        }
    }}
