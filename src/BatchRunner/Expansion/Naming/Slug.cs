using System.Globalization;
using System.Text;

namespace BatchRunner.Expansion.Naming;

/// <summary>Makes names of people's text: labels, ids and path segments, and when two of them are the same.</summary>
static class Slug
{
    const int Most = 40;

    /// <summary>Lower case; runs of anything but letters and digits `-`, none at either end; 40 at most.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(Math.Min(text.Length, Most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (slug.Length >= Most)
            {
                break;
            }

            if (IsWord(rune))
            {
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }

    /// <summary>Each character that is no letter, digit, `.`, `_` or `-` becomes `-`.</summary>
    public static string Cleaned(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            cleaned.Append(IsWord(rune) || rune.Value is '.' or '_' or '-' ? rune.ToString() : "-");
        }

        return cleaned.ToString();
    }

    /// <summary>The same for two names that a file system might take for one: without case and Unicode form.</summary>
    public static string Folded(string name) => UnicodeForm.Decomposed(name).ToUpperInvariant();

    // Marks belong to the letter before them.
    static bool IsWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
}
