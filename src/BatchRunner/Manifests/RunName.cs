using System.Globalization;
using System.Text;

namespace BatchRunner.Manifests;

/// <summary>
/// What runs, and templates that are files, are called: safe as a folder and in a command. Lower-case letters and digits,
/// other runs `-`, 40 characters at most.
/// </summary>
static class RunName
{
    public const int MaxLength = 40;

    static readonly string[] Devices = ["con", "prn", "aux", "nul"];

    /// <summary>The slug of a text; empty if it has no letter or digit.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var rune in text.EnumerateRunes().TakeWhile(_ => slug.Length < MaxLength))
        {
            if (IsWord(rune))
            {
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    /// <summary>Windows keeps these names for devices: no file or folder can have them there.</summary>
    public static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].ToLowerInvariant();
        return Devices.Contains(stem)
            || (stem.Length == 4 && stem[..3] is "com" or "lpt" && stem[3] is >= '1' and <= '9');
    }

    // Marks belong to the letter before them.
    static bool IsWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
}
