using System.Globalization;
using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Files;

/// <summary>The wording of what can be wrong with a file or a path: BR0101 to BR0109 and BR0140.</summary>
static class FileProblems
{
    public static Diagnostic NotThere(SourcePlace? place, string path, string? nearest) =>
        Error("BR0101", $"`{path}` is not there", place, nearest is null ? null : $"did you mean `{nearest}`?");

    public static Diagnostic IsFolder(SourcePlace? place, string path, string? hint) =>
        Error("BR0102", $"`{path}` is a folder, but a file is wanted", place, hint);

    public static Diagnostic NotRegular(SourcePlace? place, string path) =>
        Error("BR0102", $"`{path}` is a pipe or a device, but a file is wanted", place, null);

    public static Diagnostic NotReadable(SourcePlace? place, string path) =>
        Error("BR0103", $"`{path}` can't be read", place, "close it in other programs, and check who may read it");

    public static Diagnostic TooLarge(SourcePlace? place, string path, long limit) =>
        Error("BR0104", $"`{path}` has more than {Number(limit)} bytes, the most that is read", place, "split it, or name the file that was meant");

    public static Diagnostic Outside(SourcePlace? place, string path, string root) =>
        Error("BR0105", $"`{path}` lies outside `{root}`", place, "move it below that folder, or name a wider one with `--root DIR`");

    public static Diagnostic NotAPath(SourcePlace? place, string path, string why) =>
        Error("BR0106", $"`{path}` is no path: {why}", place, null);

    public static Diagnostic BadGlob(SourcePlace? place, string pattern, string why, string? hint) =>
        Error("BR0106", $"`{pattern}` is no glob: {why}", place, hint);

    public static Diagnostic GlobCount(SourcePlace? place, string pattern, int found, int most) =>
        found == 0
            ? Error("BR0140", $"no file matches `{pattern}`", place, null)
            : Error("BR0140", $"`{pattern}` matches more than {Number(most)} files", place, "name a narrower pattern");

    public static Diagnostic NotUtf8(SourcePlace place, byte found) =>
        Error("BR0108", $"not UTF-8: found the byte 0x{found:X2}", place, "save the file as UTF-8");

    public static Diagnostic HiddenCharacter(SourcePlace place, char found) =>
        Error("BR0109", $"found the hidden character U+{(int)found:X4}", place, "take it out, or write it as an escape in double quotes");

    static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');

    static Diagnostic Error(string code, string message, SourcePlace? place, string? hint) =>
        new(code, Severity.Error, Excerpt.OneLine(message), place, hint is null ? null : Excerpt.OneLine(hint));
}
