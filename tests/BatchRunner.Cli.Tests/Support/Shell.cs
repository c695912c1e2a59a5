using System.Globalization;
using System.Text;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>The lines of a transcript that a shell would do: files are copied, moved, cut, linked and shown.</summary>
static class Shell
{
    /// <summary>Whether it does a line.</summary>
    public static bool Knows(string line) => line.Split(' ')[0] is "cat" or "cp" or "mv" or "rm" or "mkdir" or "ln" or "truncate" or "chmod" or "yes" or "film";

    /// <summary>Does it; what it prints.</summary>
    public static string Do(string line, TempFolder folder)
    {
        switch (line.Split(' '))
        {
            case ["cat", var shown]:
                var text = File.ReadAllText(One(folder, shown));
                return text.EndsWith('\n') ? text : text + "\n";
            case ["cp", "-r", var from, var to]:
                foreach (var file in Directory.GetFiles(folder[from], "*", SearchOption.AllDirectories))
                {
                    var copy = Path.Combine(folder[to], Path.GetRelativePath(folder[from], file));
                    Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? "");
                    File.Copy(file, copy);
                }

                return "";
            case ["cp", var from, var to]:
                File.Copy(One(folder, from), One(folder, to), overwrite: true);
                return "";
            case ["mv", var from, var to]:
                Directory.Move(folder[from], folder[to]);
                return "";
            case ["rm", "-r", var gone]:
                Directory.Delete(folder[gone], recursive: true);
                return "";
            case ["rm", var gone]:
                File.Delete(One(folder, gone));
                return "";
            case ["mkdir", var made]:
                Directory.CreateDirectory(folder[made]);
                return "";
            case ["ln", "-s", var to, var link]:
                Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
                File.CreateSymbolicLink(folder[link], to);
                return "";
            case ["chmod", var mode, var file]:
                Permit(One(folder, file), mode);
                return "";
            case ["truncate", "-s", var size, var file]:
                using (var stream = new FileStream(One(folder, file), FileMode.OpenOrCreate))
                {
                    stream.SetLength(size[0] == '-' ? stream.Length + Bytes(size) : Bytes(size));
                }

                return "";
            case ["yes", var word, "|", "head", "-c", var size, ">>", var file]:
                File.AppendAllText(folder[file], new StringBuilder().Insert(0, word + "\n", (int)Bytes(size) / (word.Length + 1)).ToString());
                return "";
            case ["film", var seconds, var frames, var file]:
                var length = (int)(1000 * decimal.Parse(seconds, CultureInfo.InvariantCulture));
                File.WriteAllBytes(folder[file], MediaBytes.Mp4(1280, 720, length, int.Parse(frames, CultureInfo.InvariantCulture)));
                return "";
            default:
                throw new ArgumentException($"no such line: {line}");
        }
    }

    /// <summary>The full path of a name; of a pattern, the one file it stands for, or itself if there is none.</summary>
    public static string One(TempFolder folder, string name) => !name.Contains('*', StringComparison.Ordinal) ? folder[name]
        : Directory.GetFiles(folder[Path.GetDirectoryName(name) ?? ""], Path.GetFileName(name)).Single();

    /// <summary>Who may do what with a file, as three octal digits.</summary>
    public static void Permit(string path, string mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions are others there");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }

    // With M for megabytes; below zero: that many less.
    static long Bytes(string size) => size.EndsWith('M')
        ? 1024 * 1024 * long.Parse(size[..^1], CultureInfo.InvariantCulture)
        : long.Parse(size, CultureInfo.InvariantCulture);
}
