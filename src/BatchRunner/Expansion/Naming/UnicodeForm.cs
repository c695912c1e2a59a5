using System.Globalization;
using System.Text;

namespace BatchRunner.Expansion.Naming;

/// <summary>Canonical equivalence of names. The runtime's own does nothing under invariant globalization, which we run with.</summary>
static partial class UnicodeForm
{
    const int HangulFirst = 0xAC00, HangulLast = 0xD7A3, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    const int Vowels = 21, Tails = 28;

    static readonly Lazy<Dictionary<char, string>> Parts = new(AllParts);

    /// <summary>
    /// Each letter apart from its marks, marks of one letter in one order: equal for names that look the same. Marks are
    /// ordered by number, not by class, so it may take for the same what Unicode does not: the careful side.
    /// </summary>
    public static string Decomposed(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var apart = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            Append(apart, c);
        }

        OrderMarks(apart);
        return apart.ToString();
    }

    static void Append(StringBuilder apart, char c)
    {
        if (c is >= (char)HangulFirst and <= (char)HangulLast)
        {
            var syllable = c - HangulFirst;
            apart.Append((char)(LeadFirst + (syllable / (Vowels * Tails))));
            apart.Append((char)(VowelFirst + (syllable % (Vowels * Tails) / Tails)));
            if (syllable % Tails is > 0 and var tail)
            {
                apart.Append((char)(TailFirst + tail));
            }
        }
        else if (Parts.Value.TryGetValue(c, out var parts))
        {
            foreach (var part in parts)
            {
                Append(apart, part);
            }
        }
        else
        {
            apart.Append(c);
        }
    }

    static void OrderMarks(StringBuilder text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            for (var j = i; j > 0 && IsMark(text[j]) && IsMark(text[j - 1]) && text[j] < text[j - 1]; j--)
            {
                (text[j], text[j - 1]) = (text[j - 1], text[j]);
            }
        }
    }

    static bool IsMark(char c) => c >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    static Dictionary<char, string> AllParts()
    {
        var parts = new Dictionary<char, string>();
        foreach (var (mark, letters, composites) in Pairs)
        {
            for (var i = 0; i < composites.Length; i++)
            {
                parts[composites[i]] = $"{letters[i]}{mark}";
            }
        }

        foreach (var (names, letters) in Doubles)
        {
            for (var i = 0; i < names.Length; i++)
            {
                parts[names[i]] = letters[i].ToString();
            }
        }

        return parts;
    }
}
