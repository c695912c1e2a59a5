namespace BatchRunner.Templating.Parsing;

/// <summary>Cuts a template into text, escaped text and code; whitespace control is settled here.</summary>
sealed class Lexer(string text, ParseProblems problems)
{
    readonly List<Token> tokens = [];

    /// <summary>The words of a text with <c>{{ … }}</c> blocks.</summary>
    public List<Token> ReadTemplate()
    {
        var position = 0;
        var strip = '\0';
        while (position < text.Length)
        {
            var block = FindBlock(position);
            var opening = block < text.Length ? Opening(block) : default;
            AddText(position, block, strip, opening.Strip);
            if (block == text.Length)
            {
                break;
            }

            (position, strip) = opening.Percents > 0
                ? ReadEscape(block, opening)
                : ReadCode(block, opening, IndentBefore(block, position, strip, opening.Strip));
        }

        tokens.Add(new(TokenKind.End, text.Length, text.Length));
        return tokens;
    }

    /// <summary>The words of a text that is code from end to end.</summary>
    public List<Token> ReadExpression()
    {
        new CodeLexer(text, problems, tokens).ReadAll();
        tokens.Add(new(TokenKind.End, text.Length, text.Length));
        return tokens;
    }

    int FindBlock(int position)
    {
        for (var i = position; i + 1 < text.Length; i++)
        {
            i = text.IndexOf('{', i);
            if (i < 0 || i + 1 >= text.Length)
            {
                break;
            }

            if (text[i + 1] == '{' || (text[i + 1] == '%' && Opening(i).Percents > 0))
            {
                return i;
            }
        }

        return text.Length;
    }

    (int Percents, char Strip, int Inside) Opening(int block)
    {
        var i = block + 1;
        while (i < text.Length && text[i] == '%')
        {
            i++;
        }

        if (i >= text.Length || text[i] != '{')
        {
            return default;
        }

        var percents = i - block - 1;
        i++;
        return i < text.Length && text[i] is '-' or '~'
            ? (percents, text[i], i + 1)
            : (percents, '\0', i);
    }

    void AddText(int start, int end, char stripLeft, char stripRight)
    {
        if (stripLeft == '-')
        {
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }
        }
        else if (stripLeft == '~')
        {
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                if (text[start++] == '\n')
                {
                    break;
                }
            }
        }

        if (stripRight == '-')
        {
            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }
        }
        else if (stripRight == '~')
        {
            while (end > start && char.IsWhiteSpace(text[end - 1]) && text[end - 1] is not '\n')
            {
                end--;
            }
        }

        if (end > start)
        {
            tokens.Add(new(TokenKind.Text, start, end, text[start..end]));
        }
    }

    /// <summary>The blanks before a block that is the first thing on its line: what it prints is indented by them.</summary>
    string? IndentBefore(int block, int textStart, char stripLeft, char stripRight)
    {
        if (stripRight != '\0')
        {
            return null;
        }

        var start = block;
        while (start > textStart && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        var startsLine = start == 0 || text[start - 1] == '\n';
        return startsLine && start < block && stripLeft != '-' ? text[start..block] : null;
    }

    (int Position, char Strip) ReadEscape(int block, (int Percents, char Strip, int Inside) opening)
    {
        var closing = "}" + new string('%', opening.Percents) + "}";
        var end = text.IndexOf(closing, opening.Inside, StringComparison.Ordinal);
        if (end < 0)
        {
            problems.EscapeNeverClosed(block, opening.Inside, closing);
            return (text.Length, '\0');
        }

        var strip = end > opening.Inside && text[end - 1] is '-' or '~' ? text[end - 1] : '\0';
        var inside = strip == '\0' ? end : end - 1;
        if (inside > opening.Inside)
        {
            tokens.Add(new(TokenKind.Text, opening.Inside, inside, text[opening.Inside..inside]));
        }

        return (end + closing.Length, strip);
    }

    (int Position, char Strip) ReadCode(int block, (int Percents, char Strip, int Inside) opening, string? indent)
    {
        tokens.Add(new(TokenKind.Enter, block, opening.Inside, indent));
        return new CodeLexer(text, problems, tokens).ReadBlock(block, opening.Inside);
    }
}
