using System.Text;

namespace BatchRunner.Cli.Text;

/// <summary>
/// Text as Markdown shows it and nothing else: no markup, no HTML, and nothing that a page on GitHub would make of it. An `@`
/// would notify a stranger, a `#` would link an issue.
/// </summary>
static class MarkdownText
{
    /// <summary>What a stranger may have written, for one line or one cell of a table: every mark stands for itself.</summary>
    public static string Plain(string? text)
    {
        var escaped = new StringBuilder();
        Escape(escaped, SafeText.Line(text));
        return escaped.ToString();
    }

    /// <summary>A sentence of ours for one line outside of tables: what stands between backquotes is code, the rest is plain.</summary>
    public static string Prose(string text)
    {
        var line = SafeText.Line(text);
        var prose = new StringBuilder();
        for (var at = 0; at < line.Length;)
        {
            var (start, length) = Run(line, at);
            Escape(prose, line[at..start]);
            at = start + length;
            if (length == 0)
            {
                break;
            }

            // As Markdown reads it: code ends at as many backquotes as it began with; without such an end there is none.
            var end = End(line, at, length);
            if (end < 0)
            {
                Escape(prose, line[start..at]);
            }
            else
            {
                prose.Append(line, start, end + length - start);
                at = end + length;
            }
        }

        return prose.ToString();
    }

    static (int Start, int Length) Run(string line, int from)
    {
        var start = line.IndexOf('`', from);
        if (start < 0)
        {
            return (line.Length, 0);
        }

        var end = start;
        while (end < line.Length && line[end] == '`')
        {
            end++;
        }

        return (start, end - start);
    }

    static int End(string line, int from, int length)
    {
        for (var (start, run) = Run(line, from); run > 0; (start, run) = Run(line, start + run))
        {
            if (run == length)
            {
                return start;
            }
        }

        return -1;
    }

    static void Escape(StringBuilder into, string text)
    {
        foreach (var c in text)
        {
            into.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                '#' => "&#35;",
                '|' or '*' or '_' or '[' or ']' or '!' or '~' or '`' or '$' or '\\' => $"\\{c}",
                _ => c.ToString(),
            });
        }
    }
}
