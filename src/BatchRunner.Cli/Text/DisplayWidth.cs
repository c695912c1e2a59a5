using System.Globalization;
using System.Text;

namespace BatchRunner.Cli.Text;

/// <summary>How many cells of a terminal text takes: nothing for combining marks, two for wide letters and emoji.</summary>
static class DisplayWidth
{
    const int EmojiSelector = 0xfe0f;

    static readonly (int From, int To)[] Wide =
    [
        (0x1100, 0x115f), (0x231a, 0x231b), (0x2329, 0x232a), (0x23e9, 0x23ec), (0x23f0, 0x23f0), (0x23f3, 0x23f3),
        (0x25fd, 0x25fe), (0x2614, 0x2615), (0x2648, 0x2653), (0x267f, 0x267f), (0x2693, 0x2693), (0x26a1, 0x26a1),
        (0x26aa, 0x26ab), (0x26bd, 0x26be), (0x26c4, 0x26c5), (0x26ce, 0x26ce), (0x26d4, 0x26d4), (0x26ea, 0x26ea),
        (0x26f2, 0x26f3), (0x26f5, 0x26f5), (0x26fa, 0x26fa), (0x26fd, 0x26fd), (0x2705, 0x2705), (0x270a, 0x270b),
        (0x2728, 0x2728), (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
        (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55), (0x2e80, 0x303e),
        (0x3041, 0x33ff), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xa000, 0xa4cf), (0xa960, 0xa97f), (0xac00, 0xd7a3),
        (0xf900, 0xfaff), (0xfe10, 0xfe19), (0xfe30, 0xfe6f), (0xff01, 0xff60), (0xffe0, 0xffe6), (0x16fe0, 0x18aff),
        (0x1b000, 0x1b2ff), (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf), (0x1f18e, 0x1f18e), (0x1f191, 0x1f19a),
        (0x1f1e6, 0x1f265), (0x1f300, 0x1f320), (0x1f32d, 0x1f335), (0x1f337, 0x1f37c), (0x1f37e, 0x1f393),
        (0x1f3a0, 0x1f3ca), (0x1f3cf, 0x1f3d3), (0x1f3e0, 0x1f3f0), (0x1f3f4, 0x1f3f4), (0x1f3f8, 0x1f43e),
        (0x1f440, 0x1f440), (0x1f442, 0x1f4fc), (0x1f4ff, 0x1f53d), (0x1f54b, 0x1f54e), (0x1f550, 0x1f567),
        (0x1f57a, 0x1f57a), (0x1f595, 0x1f596), (0x1f5a4, 0x1f5a4), (0x1f5fb, 0x1f64f), (0x1f680, 0x1f6c5),
        (0x1f6cc, 0x1f6cc), (0x1f6d0, 0x1f6d2), (0x1f6d5, 0x1f6d7), (0x1f6dc, 0x1f6df), (0x1f6eb, 0x1f6ec),
        (0x1f6f4, 0x1f6fc), (0x1f7e0, 0x1f7eb), (0x1f7f0, 0x1f7f0), (0x1f90c, 0x1f93a), (0x1f93c, 0x1f945),
        (0x1f947, 0x1f9ff), (0x1fa70, 0x1faff), (0x20000, 0x3fffd),
    ];

    /// <summary>The cells of a whole text.</summary>
    public static int Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var width = 0;
        foreach (var cluster in Clusters(text))
        {
            width += OfCluster(cluster);
        }

        return width;
    }

    /// <summary>What a reader takes for one character each: a letter with its accents, an emoji with its skin.</summary>
    public static IEnumerable<string> Clusters(string text)
    {
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
        {
            yield return letters.GetTextElement();
        }
    }

    /// <summary>The cells of one cluster: those of its widest character.</summary>
    public static int OfCluster(string cluster)
    {
        var width = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            width = rune.Value == EmojiSelector ? 2 : Math.Max(width, OfRune(rune));
        }

        return width;
    }

    /// <summary>The text cut to so many cells, with an ellipsis if something is missing.</summary>
    public static string Cut(string text, int cells)
    {
        if (Of(text) <= cells)
        {
            return text;
        }

        var kept = new StringBuilder();
        var left = cells - 1;
        foreach (var cluster in Clusters(text))
        {
            left -= OfCluster(cluster);
            if (left < 0)
            {
                break;
            }

            kept.Append(cluster);
        }

        return cells < 1 ? "" : kept.ToString().TrimEnd() + "…";
    }

    /// <summary>The text with spaces behind it up to so many cells.</summary>
    public static string Pad(string text, int cells) => text + new string(' ', Math.Max(0, cells - Of(text)));

    /// <summary>The text with spaces before it up to so many cells.</summary>
    public static string PadLeft(string text, int cells) => new string(' ', Math.Max(0, cells - Of(text))) + text;

    static int OfRune(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format)
        {
            return 0;
        }

        var at = Array.BinarySearch(Wide, (rune.Value, int.MaxValue));
        var before = at < 0 ? ~at - 1 : at;
        return before >= 0 && rune.Value <= Wide[before].To ? 2 : 1;
    }
}
