using System.Text;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>html</c>: text that goes into HTML or a URL, and HTML that becomes text.</summary>
static class HtmlFunctions
{
    const string Unreserved = "-_.~";
    const string Reserved = ";/?:@&=+$,#[]!'()*";

    public static Builtin[] All { get; } =
    [
        new("escape", "text", a => Map(a, Escape)),
        new("newline_to_br", "text", a => Map(a, BreakLines)),
        new("strip", "text", a => Map(a, Strip)),
        new("url_encode", "text", a => Map(a, s => Encode(s, Unreserved))),
        new("url_escape", "text", a => Map(a, s => Encode(s, Unreserved + Reserved))),
    ];

    static Value Map(Arguments a, Func<string, string> change)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        a.Run.Charge(text.Length, a.Node);
        return a.Made(change(text));
    }

    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    static string BreakLines(string text)
    {
        var broken = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')))
            {
                broken.Append("<br />");
            }

            broken.Append(text[i]);
        }

        return broken.ToString();
    }

    /// <summary>Takes tags, comments, scripts and styles out. It tidies text; it does not make foreign HTML harmless.</summary>
    static string Strip(string text)
    {
        var stripped = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf('<', position);
            var close = open < 0 ? -1 : EndOfTag(text, open);
            if (close < 0)
            {
                break;
            }

            stripped.Append(text, position, open - position);
            position = close;
        }

        return stripped.Append(text, position, text.Length - position).ToString();
    }

    static int EndOfTag(string text, int open)
    {
        var closing = Starts(text, open, "<!--") ? "-->"
            : Starts(text, open, "<script") ? "</script>"
            : Starts(text, open, "<style") ? "</style>"
            : "";
        if (closing.Length == 0)
        {
            return EndOfPlainTag(text, open);
        }

        var end = text.IndexOf(closing, open, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? -1 : end + closing.Length;
    }

    static int EndOfPlainTag(string text, int open)
    {
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '>')
            {
                return i + 1;
            }

            if (text[i] is '"' or '\'')
            {
                var end = text.IndexOf(text[i], i + 1);
                if (end < 0)
                {
                    break;
                }

                i = end;
            }
        }

        return text.IndexOf('>', open) + 1 is var plain && plain > 0 ? plain : -1;
    }

    static bool Starts(string text, int at, string tag) =>
        string.Compare(text, at, tag, 0, tag.Length, StringComparison.OrdinalIgnoreCase) == 0;

    static string Encode(string text, string kept)
    {
        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || kept.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                encoded.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);
            }
        }

        return encoded.ToString();
    }
}
