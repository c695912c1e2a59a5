using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Manifests.Yaml;

/// <summary>Says what a text that is not YAML most likely means, and how to write that, by looking at the line itself.</summary>
static class YamlMistakes
{
    const string Separators = "separate values by `,`, and quote texts that hold `[ ] { } ,`";

    const string Quote = "put the whole value in quotes";

    /// <summary>One problem for what stopped the scanner or parser.</summary>
    /// <param name="source">The file.</param>
    /// <param name="message">What the parser said: told apart by its words, never shown.</param>
    /// <param name="start">Where the construct begins that it names.</param>
    /// <param name="position">How far it had read.</param>
    /// <param name="openFlows">Offsets of brackets that are open, innermost first; -1 for a block.</param>
    public static Diagnostic Explain(
        SourceText source, string message, int start, int position, IEnumerable<int> openFlows)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

        // A mistake without a construct stands at the start of the file; how far was read is nearer the truth.
        start = Math.Min(start == 0 && !Says("scalar") ? position : start, source.Text.Length);
        position = Math.Clamp(position, 0, source.Text.Length);

        return Tab(source, start)
            ?? Tab(source, position)
            ?? (Says("quoted scalar") || Says("double-quoted") ? InQuotes(source, message, start, position) : null)
            ?? (Says("block scalar") ? InBlock(source, message, start) : null)
            ?? Braces(source, start)
            ?? Braces(source, position)
            ?? Anchor(source, start)
            ?? Indicator(source, start)
            ?? SecondColon(source, message, start)
            ?? OpenBracket(source, start, openFlows)
            ?? OnLine(source, message, start);
    }

    /// <summary>One problem for a comma or a colon that is missing between brackets, where the parser reads on.</summary>
    public static Diagnostic Unseparated(SourceText source, int start, char by) =>
        Braces(source, start)
        ?? YamlProblems.Syntax(
            source.Place(start, start + 1), $"expected `{by}` before this", by == ':' ? "write `key: value`" : Separators);

    static Diagnostic? Tab(SourceText source, int offset)
    {
        var line = source.LineIndex(offset);
        var text = source.Line(line);
        var indent = text.Length - text.TrimStart([' ', '\t']).Length;
        var tab = text[..indent].IndexOf('\t');
        return tab < 0
            ? null
            : YamlProblems.TabIndents(source.Place(source.LineStart(line) + tab, source.LineStart(line) + indent));
    }

    static Diagnostic InQuotes(SourceText source, string message, int start, int position)
    {
        var text = source.Text;
        var at = Math.Min(position, text.Length);
        if (message.Contains("escape", StringComparison.Ordinal)
            || message.Contains("hexadecimal", StringComparison.Ordinal)
            || message.Contains("surrogates", StringComparison.Ordinal))
        {
            var slash = Math.Max(start, text.LastIndexOf('\\', Math.Clamp(at, 0, text.Length - 1)));
            var written = text[slash..Math.Min(slash + 2, text.Length)];
            return YamlProblems.Syntax(
                source.Place(slash, slash + 2), $"`{written}` is no escape that double quotes know",
                $"write `\\{written}`, or use single quotes");
        }

        return message.Contains("wrong indentation", StringComparison.Ordinal) && IsClosedLater(text, start)
            ? YamlProblems.Syntax(
                source.Place(at, at + 1), "this line belongs to a text in double quotes, but is not indented",
                "indent it further than the key")
            : YamlProblems.Syntax(
                source.Place(start, start + 1), "this quote is never closed",
                $"close it with `{text.AsSpan(start, Math.Min(1, text.Length - start))}`");
    }

    // A quote that closes before the next line that looks like a key: then the text is long, not open.
    static bool IsClosedLater(string text, int start)
    {
        var next = text.IndexOf('"', start + 1);
        return next > 0 && text.IndexOf(": ", start, next - start, StringComparison.Ordinal) < 0;
    }

    static Diagnostic InBlock(SourceText source, string message, int start)
    {
        var place = source.Place(start, start + 1);
        var mark = source.Text[Math.Min(start, source.Text.Length - 1)];
        return message.Contains("spaces", StringComparison.Ordinal)
            ? YamlProblems.Syntax(
                place, "a blank line at the start of this text has more spaces than its first line",
                "take the spaces out of the blank line")
            : YamlProblems.Syntax(
                place, $"behind `{mark}` only `+`, `-`, a digit from 1 to 9 and a comment may stand",
                $"begin the text on the next line, or put it in quotes if the `{mark}` is meant");
    }

    static Diagnostic? Braces(SourceText source, int offset)
    {
        var line = source.LineIndex(offset);
        var text = source.Line(line).ToString();
        var open = UnquotedIndexOf(text, "{{");
        if (open < 0)
        {
            return null;
        }

        var close = text.LastIndexOf("}}", StringComparison.Ordinal);
        var end = close > open ? close + 2 : text.TrimEnd().Length;
        var start = source.LineStart(line);
        return YamlProblems.UnquotedBraces(source.Place(start + open, start + end), text[open..end]);
    }

    // The parser stumbles over an anchor in a flow only at what follows it.
    static Diagnostic? Anchor(SourceText source, int offset)
    {
        var line = source.LineIndex(offset);
        var text = source.Line(line).ToString();
        var start = source.LineStart(line);
        foreach (var before in (string[])[" &", "[&", "{&", ",&"])
        {
            var at = UnquotedIndexOf(text, before) + 1;
            var name = at == 0
                ? ""
                : new string([.. text[(at + 1)..].TakeWhile(c => char.IsLetterOrDigit(c) || c is '_' or '-')]);
            if (name.Length > 0)
            {
                return YamlProblems.Anchor(source.Place(start + at, start + at + 1 + name.Length), name);
            }
        }

        return null;
    }

    // A value that begins with a character YAML keeps for itself.
    static Diagnostic? Indicator(SourceText source, int offset)
    {
        var line = source.LineIndex(offset);
        var text = source.Line(line).ToString();
        var value = ValueStart(text);
        if (value >= text.Length || !"@`%!&*|>".Contains(text[value], StringComparison.Ordinal))
        {
            return null;
        }

        var written = WithoutComment(text[value..]);
        return YamlProblems.Syntax(
            source.Place(source.LineStart(line) + value, source.LineStart(line) + value + written.Length),
            $"a value can't begin with `{text[value]}` unless it is quoted", $"quote it: `{YamlProblems.Wrapped(written)}`");
    }

    static Diagnostic? SecondColon(SourceText source, string message, int offset)
    {
        if (!message.Contains("invalid mapping", StringComparison.Ordinal)
            && !message.Contains("not allowed in this context", StringComparison.Ordinal))
        {
            return null;
        }

        var line = source.LineIndex(offset);
        var text = source.Line(line).ToString();
        var value = ValueStart(text);
        var column = offset - source.LineStart(line);
        if (value == 0 || column < value || value >= text.Length)
        {
            return MissingColon(source, line) ?? YamlProblems.Syntax(
                source.Place(offset, offset + 1), "this `:` makes a key inside a value that began further up",
                "indent the line like the keys it belongs to, or put the value in quotes");
        }

        var written = WithoutComment(text[value..]);
        return YamlProblems.Syntax(
            source.Place(source.LineStart(line) + value, source.LineStart(line) + value + written.Length),
            "a value without quotes can't hold `: `", $"quote it: `{YamlProblems.Wrapped(written)}`");
    }

    // A key without its `:` reads as a text that goes on over the next lines, up to the first `:` there is.
    static Diagnostic? MissingColon(SourceText source, int line)
    {
        var indent = Indent(source.Line(line));
        Diagnostic? first = null;
        for (var above = line - 1; above >= 0; above--)
        {
            var text = source.Line(above);
            var written = WithoutComment(text.ToString()).Trim();
            if (written.Length == 0 || written[0] == '#')
            {
                continue;
            }

            if (Indent(text) != indent || written[0] == '-' || UnquotedIndexOf(written + " ", ": ") >= 0)
            {
                break;
            }

            var start = source.LineStart(above) + indent;
            first = NoPair(source.Place(start, start + written.Length), written);
        }

        return first;
    }

    static int Indent(ReadOnlySpan<char> line) => line.Length - line.TrimStart(' ').Length;

    // `version 1` and `version:1` want a `: `; anything else may be the rest of the text above.
    static Diagnostic NoPair(SourcePlace place, string written)
    {
        var key = written.IndexOfAny([' ', ':']);
        return YamlProblems.Syntax(
            place, $"`{Excerpt.Of(written)}` is no `key: value`",
            key > 0 && written[..key].All(c => char.IsAsciiLetterLower(c) || c == '_')
                ? $"write `{written[..key]}: {Excerpt.Of(written[(key + 1)..].TrimStart())}`, or indent it if it belongs to the line above"
                : "write `key: value`, or indent it if it belongs to the line above");
    }

    static Diagnostic? OpenBracket(SourceText source, int offset, IEnumerable<int> openFlows)
    {
        // A pair inside a list is a map without brackets of its own.
        var open = openFlows.FirstOrDefault(at => at >= 0 && source.Text[at] is '[' or '{', -1);
        if (open < 0)
        {
            return null;
        }

        var bracket = source.Text[open];
        var close = bracket == '[' ? ']' : '}';
        return source.LineIndex(open) == source.LineIndex(offset) && offset < source.Text.TrimEnd().Length
            ? YamlProblems.Syntax(
                source.Place(offset, offset + 1), $"expected `,` or `{close}` here",
                Separators)
            : YamlProblems.Syntax(
                source.Place(open, open + 1), $"this `{bracket}` is never closed", $"close it with `{close}`");
    }

    static Diagnostic OnLine(SourceText source, string message, int offset)
    {
        var line = source.LineIndex(offset);
        var text = source.Line(line);
        var before = text[..(offset - source.LineStart(line))];
        var rest = WithoutComment(text[before.Length..].ToString());
        var place = source.Place(offset, offset + Math.Max(1, rest.Length));
        if (!before.IsWhiteSpace() && before.TrimEnd() is not [.., '-' or ':' or '?'])
        {
            return YamlProblems.Syntax(place, $"`{rest}` follows a value that is finished", Quote);
        }

        if (UnquotedIndexOf(rest + " ", ": ") < 0 && !rest.StartsWith('-'))
        {
            return NoPair(place, rest);
        }

        var isMixed = rest.StartsWith("- ", StringComparison.Ordinal)
            || message.Contains("'-' indicator", StringComparison.Ordinal);
        return isMixed
            ? YamlProblems.Syntax(
                place, "lists and keys are mixed at one indentation", "indent the items of a list further than its key")
            : YamlProblems.Syntax(
                place, $"this line is indented by {before.Length}, but no key above it is",
                "indent it exactly like the keys it belongs to");
    }

    // Behind `key: ` or `- `; the line's length if there is no value.
    static int ValueStart(string line)
    {
        var at = 0;
        while (at < line.Length
            && (line[at] == ' ' || (line[at] == '-' && at + 1 < line.Length && line[at + 1] == ' ')))
        {
            at++;
        }

        var colon = UnquotedIndexOf(line[at..], ": ");
        at = colon < 0 ? at : at + colon + 2;
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at;
    }

    static int UnquotedIndexOf(string line, string what)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote == '\0' && line.AsSpan(i).StartsWith(what, StringComparison.Ordinal))
            {
                return i;
            }

            // A quote only opens where a value begins: the one in `it's` doesn't.
            var opens = quote == '\0'
                && line[i] is '"' or '\''
                && (i == 0 || line[i - 1] is ' ' or '[' or '{' or ',' or ':');
            quote = opens ? line[i] : line[i] == quote ? '\0' : quote;
        }

        return -1;
    }

    static string WithoutComment(string text)
    {
        var comment = UnquotedIndexOf(text, " #");
        return (comment < 0 ? text : text[..comment]).TrimEnd();
    }
}
