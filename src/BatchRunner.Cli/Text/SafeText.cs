using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BatchRunner.Cli.Text;

/// <summary>
/// Makes text of strangers fit to print: one line, in which nothing moves the cursor, colours, reorders or hides. Every
/// prompt, cell, path and answer of a server passes here before it reaches a stream. Nor is anything left that a CI's reader
/// of logs would obey: it looks for `::name::` at the start of a line, and for `##[name]` anywhere.
/// </summary>
static partial class SafeText
{
    const char ZeroWidthNonJoiner = '\u200c';
    const char ZeroWidthJoiner = '\u200d';

    /// <summary>The text with controls, bidirectional marks and other invisible characters written out, such as \u202e.</summary>
    public static string Line(string? text)
    {
        if (text is null || !NeedsWork(text))
        {
            return WithoutOrders(text ?? "");
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(safe, rune);
        }

        return WithoutOrders(safe.ToString());
    }

    /// <summary>One line of text without what a CI's reader of logs would obey.</summary>
    public static string WithoutOrders(string line) =>
        !line.Contains("##", StringComparison.Ordinal) && !line.AsSpan().TrimStart().StartsWith("::", StringComparison.Ordinal)
            ? line
            : Order().Replace(line, order => order.Value[..^1] + (order.Value[^1] == ':' ? @"\x3a" : @"\x5b"));

    /// <summary>Whether a character must not reach a terminal as it is.</summary>
    public static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.Format => rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner),
        _ => false,
    };

    /// <summary>One character as it is printed.</summary>
    public static void Append(StringBuilder safe, Rune rune)
    {
        if (!IsUnsafe(rune))
        {
            safe.Append(rune.ToString());
            return;
        }

        safe.Append(rune.Value switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            <= 0xffff => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
        });
    }

    static bool NeedsWork(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^\s*:(?=:)|##\w*\[")]
    private static partial Regex Order();
}
