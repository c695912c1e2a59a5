using System.Globalization;

namespace BatchRunner.Manifests.Yaml;

/// <summary>Reads a plain or quoted scalar again: escapes, doubled quotes and folded lines.</summary>
static class FlowTrace
{
    /// <summary>The trace of the scalar between two offsets, its quotes included; null if it can't be read.</summary>
    public static ScalarTrace? Read(string text, int start, int end, ScalarForm form)
    {
        var trace = new ScalarTrace();
        var quotes = form == ScalarForm.Plain ? 0 : 1;
        if (end > text.Length || end - start < 2 * quotes)
        {
            return null;
        }

        var at = start + quotes;
        end -= quotes;
        while (at < end)
        {
            var c = text[at];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                at = Blanks(trace, text, at, end);
            }
            else if (form == ScalarForm.DoubleQuoted && c == '\\')
            {
                at = ScalarTrace.BreakAt(text, at + 1) is > 0 and var width
                    ? JoinedLine(trace, text, at + 1 + width, end)
                    : Escape(trace, text, at, end);
                if (at < 0)
                {
                    return null;
                }
            }
            else
            {
                // In single quotes a quote is written twice.
                var width = form == ScalarForm.SingleQuoted && c == '\'' ? 2 : 1;
                trace.Add(c, at, at + width);
                at += width;
            }
        }

        return trace;
    }

    // Blanks inside a line stay. Around a line break they go, and the first break becomes a space unless others follow.
    static int Blanks(ScalarTrace trace, string text, int at, int end)
    {
        var after = at;
        List<SourceSpan> breaks = [];
        while (after < end && text[after] is ' ' or '\t' or '\r' or '\n')
        {
            var width = ScalarTrace.BreakAt(text, after);
            if (width > 0)
            {
                breaks.Add(new(after, after + width));
            }

            after += Math.Max(1, width);
        }

        if (breaks.Count == 0)
        {
            for (var i = at; i < after; i++)
            {
                trace.Add(text[i], i, i + 1);
            }
        }
        else if (breaks.Count == 1)
        {
            trace.Add(' ', breaks[0].Start, breaks[0].End);
        }
        else
        {
            AddBreaks(trace, breaks.Skip(1));
        }

        return after;
    }

    // After a backslash at the end of a line the next line goes on without a space; blank lines between are breaks.
    static int JoinedLine(ScalarTrace trace, string text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            var width = ScalarTrace.BreakAt(text, at);
            if (width > 0)
            {
                trace.Add('\n', at, at + width);
            }

            at += Math.Max(1, width);
        }

        return at;
    }

    static void AddBreaks(ScalarTrace trace, IEnumerable<SourceSpan> breaks)
    {
        foreach (var line in breaks)
        {
            trace.Add('\n', line.Start, line.End);
        }
    }

    static int Escape(ScalarTrace trace, string text, int at, int end)
    {
        if (at + 1 >= end)
        {
            return -1;
        }

        if (Digits(text[at + 1]) is > 0 and var digits)
        {
            return Code(trace, text, at, end, digits);
        }

        if (Simple(text[at + 1]) is not { } c)
        {
            return -1;
        }

        trace.Add(c, at, at + 2);
        return at + 2;
    }

    static int Code(ScalarTrace trace, string text, int at, int end, int digits)
    {
        var after = at + 2 + digits;
        if (Hex(text, at + 2, digits, end) is not { } code)
        {
            return -1;
        }

        if (!char.IsSurrogate((char)code) || code > 0xFFFF)
        {
            trace.Add(char.ConvertFromUtf32(code), at, after);
            return after;
        }

        // JSON's way: a pair of escapes is one character.
        var lowDigits = after + 1 < end && text[after] == '\\' ? Digits(text[after + 1]) : 0;
        if (lowDigits < 4 || Hex(text, after + 2, lowDigits, end) is not { } low)
        {
            return -1;
        }

        var afterLow = after + 2 + lowDigits;
        trace.Add($"{(char)code}{(char)low}", at, afterLow);
        return afterLow;
    }

    static int Digits(char c) => c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };

    static int? Hex(string text, int at, int digits, int end) =>
        at + digits <= end
        && int.TryParse(
            text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
        && code is >= 0 and <= 0x10FFFF
            ? code
            : null;

    static char? Simple(char c) => c switch
    {
        '0' => '\0',
        'a' => '\a',
        'b' => '\b',
        't' or '\t' => '\t',
        'n' => '\n',
        'v' => '\v',
        'f' => '\f',
        'r' => '\r',
        'e' => '\x1B',
        ' ' or '"' or '/' or '\\' or '\'' => c,
        'N' => '\x85',
        '_' => '\xA0',
        'L' => '\u2028',
        'P' => '\u2029',
        _ => null,
    };
}
