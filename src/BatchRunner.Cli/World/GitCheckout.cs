using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Cli.World;

/// <summary>
/// Which commit a folder is at, and whether some files are as they are in it. The folder may be a stranger's, so git is only
/// asked what it has: nothing that hooks, filters, a file monitor or a remote of its settings could run for. Whether a file
/// is the same is found out here, by the name git would give its bytes.
/// </summary>
static class GitCheckout
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The commit and whether a file differs from it (null: that could not be found out); null: no git, no commit.</summary>
    public static async Task<(string Commit, bool? IsDirty)?> Of(string folder, IReadOnlyList<string> files, Surroundings outside)
    {
        if (Programs.Find("git", outside) is not { } git
            || await Ask(git, folder, outside, "rev-parse", "--show-toplevel", "HEAD") is not { } said
            || said.Split('\n') is not [var top, { Length: 40 or 64 } commit, ..])
        {
            return null;
        }

        return await Ask(git, top, outside, "ls-tree", "-r", "-z", "--full-tree", "HEAD") is { } tree
            ? (commit, IsDirty(top, tree, files))
            : (commit, null);
    }

    static bool? IsDirty(string top, string tree, IReadOnlyList<string> files)
    {
        // Each: mode, kind and name of the object, a tab, the path.
        var names = tree.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('\t', 2))
            .Where(entry => entry.Length == 2)
            .ToDictionary(entry => entry[1], entry => entry[0].Split(' ')[^1], StringComparer.Ordinal);
        try
        {
            return files.Any(file =>
                !names.TryGetValue(Path.GetRelativePath(top, file).Replace('\\', '/'), out var name) || !Names(File.ReadAllBytes(file), name.Length).Contains(name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // As the bytes are, with the line ends git keeps where it changes them, and as the pointer that LFS keeps in their place.
    static IEnumerable<string> Names(byte[] bytes, int digits)
    {
        yield return NameOf(bytes, digits);
        var text = Encoding.Latin1.GetString(bytes);
        if (text.Contains("\r\n", StringComparison.Ordinal))
        {
            yield return NameOf(Encoding.Latin1.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal)), digits);
        }

        yield return NameOf(
            Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}\nsize {bytes.Length}\n")),
            digits);
    }

    static string NameOf(byte[] bytes, int digits)
    {
        using var hash = IncrementalHash.CreateHash(digits == 40 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {bytes.Length}\0")));
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // What git says, or null: it is not there, it refuses, or it takes too long.
    static async Task<string?> Ask(string git, string folder, Surroundings outside, params string[] arguments)
    {
        var start = new ProcessStartInfo(git, ["-C", folder, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        Programs.TakeKeysFrom(start);
        // Nothing is fetched, written or asked for, and the folder decides which repository is meant.
        foreach (var (name, value) in new[]
        {
            ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none"),
            ("GIT_DIR", null), ("GIT_WORK_TREE", null), ("GIT_INDEX_FILE", null),
        })
        {
            start.Environment[name] = value;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(outside.Interrupts.Drain);
        patience.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return null;
            }

            try
            {
                process.StandardInput.Close();
                var errors = process.StandardError.ReadToEndAsync(patience.Token);
                var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
                await errors;
                await process.WaitForExitAsync(patience.Token);
                return process.ExitCode == 0 ? output : null;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or Win32Exception or IOException)
        {
            return null;
        }
    }
}
