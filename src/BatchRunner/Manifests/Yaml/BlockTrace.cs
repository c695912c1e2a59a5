namespace BatchRunner.Manifests.Yaml;

/// <summary>Reads a block scalar (<c>|</c> or <c>&gt;</c>) again: indentation, folding and the breaks at its end.</summary>
static class BlockTrace
{
    // A line of the block without its break; the break's span is empty on the file's last line.
    readonly record struct Line(int Start, int End, SourceSpan Break);

    /// <summary>The trace of the scalar between two offsets; null if no indentation gives the expected value.</summary>
    public static ScalarTrace? Read(string text, int start, int end, ScalarForm form, string expected)
    {
        var header = start + 1;
        var chomping = ' ';
        while (header < text.Length && ScalarTrace.BreakAt(text, header) == 0)
        {
            // A sign in the comment behind the indicators is none.
            if (text[header] is ' ' or '\t')
            {
                break;
            }

            chomping = text[header] is '+' or '-' ? text[header] : chomping;
            header++;
        }

        while (header < text.Length && ScalarTrace.BreakAt(text, header) == 0)
        {
            header++;
        }

        var lines = Lines(text, header + ScalarTrace.BreakAt(text, header), Math.Min(end, text.Length));

        // The indentation may be given as a digit relative to the parent's, which isn't known here; the value tells.
        for (var indent = FirstIndent(text, lines); indent >= 0; indent--)
        {
            var trace = Unfold(text, lines, indent, form == ScalarForm.Literal, chomping);
            if (trace.Matches(expected))
            {
                return trace;
            }
        }

        return null;
    }

    static List<Line> Lines(string text, int at, int end)
    {
        List<Line> lines = [];
        while (at < end)
        {
            var lineEnd = at;
            while (lineEnd < end && ScalarTrace.BreakAt(text, lineEnd) == 0)
            {
                lineEnd++;
            }

            var width = ScalarTrace.BreakAt(text, lineEnd);
            lines.Add(new(at, lineEnd, new(lineEnd, lineEnd + width)));
            at = lineEnd + Math.Max(1, width);
        }

        return lines;
    }

    static int FirstIndent(string text, List<Line> lines)
    {
        var widest = 0;
        foreach (var line in lines)
        {
            var indent = Indent(text, line, int.MaxValue);
            widest = Math.Max(widest, indent);
            if (line.Start + indent < line.End)
            {
                break;
            }
        }

        return widest;
    }

    static int Indent(string text, Line line, int most)
    {
        var indent = 0;
        while (indent < most && line.Start + indent < line.End && text[line.Start + indent] == ' ')
        {
            indent++;
        }

        return indent;
    }

    static ScalarTrace Unfold(string text, List<Line> lines, int indent, bool isLiteral, char chomping)
    {
        var trace = new ScalarTrace();
        SourceSpan? lastBreak = null;
        List<SourceSpan> blankLines = [];
        var lastWasSpaced = false;
        foreach (var line in lines)
        {
            var content = line.Start + Indent(text, line, indent);
            if (content == line.End)
            {
                blankLines.Add(line.Break);
                continue;
            }

            // Lines that begin with a blank keep the breaks around them.
            var isSpaced = text[content] is ' ' or '\t';
            if (lastBreak is { } fold && !isLiteral && !lastWasSpaced && !isSpaced)
            {
                if (blankLines.Count == 0)
                {
                    trace.Add(' ', fold.Start, fold.End);
                }
            }
            else
            {
                AddBreak(trace, lastBreak);
            }

            AddBreaks(trace, blankLines);
            blankLines.Clear();
            for (var at = content; at < line.End; at++)
            {
                trace.Add(text[at], at, at + 1);
            }

            lastBreak = line.Break.End > line.Break.Start ? line.Break : null;
            lastWasSpaced = isSpaced;
        }

        if (chomping != '-')
        {
            AddBreak(trace, lastBreak);
        }

        if (chomping == '+')
        {
            AddBreaks(trace, blankLines);
        }

        return trace;
    }

    static void AddBreaks(ScalarTrace trace, List<SourceSpan> breaks)
    {
        foreach (var line in breaks)
        {
            AddBreak(trace, line);
        }
    }

    static void AddBreak(ScalarTrace trace, SourceSpan? line)
    {
        if (line is { } span && span.End > span.Start)
        {
            trace.Add('\n', span.Start, span.End);
        }
    }
}
