using System.Buffers;
using System.Globalization;
using System.Text;

namespace BatchRunner.Expansion.Naming;

/// <summary>Makes names of people's text: labels, ids and path segments, and when two of them are the same.</summary>
static class Slug
{
    const int Most = 40;

    static readonly SearchValues<char> Clean =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

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

    /// <summary>Compares names as <see cref="Folded"/> makes them, mostly without making them.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new FoldedComparer();

    /// <summary>Each character that is no letter, digit, `.`, `_` or `-` becomes `-`.</summary>
    public static string Cleaned(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Clean) < 0)
        {
            return text;
        }

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

    sealed class FoldedComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null || y is null ? ReferenceEquals(x, y)
            : Ascii.IsValid(x) && Ascii.IsValid(y) ? string.Equals(x, y, StringComparison.OrdinalIgnoreCase)
            : Folded(x) == Folded(y);

        public int GetHashCode(string obj) => (Ascii.IsValid(obj) ? obj : Folded(obj)).GetHashCode(StringComparison.OrdinalIgnoreCase);
    }
}
