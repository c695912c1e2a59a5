using System.Globalization;
using System.Text;

namespace BatchRunner.Templating.Parsing;

/// <summary>Cuts code into words, through interpolated strings to any depth without recursion.</summary>
sealed class CodeLexer(string text, ParseProblems problems, List<Token> tokens)
{
    static readonly (string Text, TokenKind Kind)[] marks =
    [
        ("//=", TokenKind.DoubleSlashEqual), ("...", TokenKind.Ellipsis), ("..<", TokenKind.DotDotLess),
        ("..", TokenKind.DotDot), ("?.", TokenKind.QuestionDot), ("??", TokenKind.DoubleQuestion),
        ("?!", TokenKind.QuestionBang), ("||", TokenKind.DoublePipe), ("|>", TokenKind.Pipe), ("&&", TokenKind.DoubleAmp),
        ("==", TokenKind.DoubleEqual), ("!=", TokenKind.BangEqual), ("<=", TokenKind.LessEqual),
        (">=", TokenKind.GreaterEqual), ("<<", TokenKind.ShiftLeft), (">>", TokenKind.ShiftRight),
        ("+=", TokenKind.PlusEqual), ("-=", TokenKind.MinusEqual), ("*=", TokenKind.StarEqual),
        ("/=", TokenKind.SlashEqual), ("%=", TokenKind.PercentEqual), ("++", TokenKind.PlusPlus),
        ("--", TokenKind.MinusMinus), ("//", TokenKind.DoubleSlash), ("(", TokenKind.OpenParen),
        (")", TokenKind.CloseParen), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        (".", TokenKind.Dot), (",", TokenKind.Comma), (":", TokenKind.Colon), (";", TokenKind.Semicolon),
        ("?", TokenKind.Question), ("|", TokenKind.Pipe), ("!", TokenKind.Bang), ("<", TokenKind.Less),
        (">", TokenKind.Greater), ("+", TokenKind.Plus), ("-", TokenKind.Minus), ("*", TokenKind.Star),
        ("/", TokenKind.Slash), ("%", TokenKind.Percent), ("=", TokenKind.Equal), ("@", TokenKind.At),
        ("^", TokenKind.Caret),
    ];

    readonly Stack<(char Quote, int Braces, int Start)> interpolations = [];
    int position;
    int braces;

    /// <summary>Reads one block up to its <c>}}</c>; gives the place behind it and its whitespace mark.</summary>
    public (int Position, char Strip) ReadBlock(int block, int inside)
    {
        position = inside;
        while (position < text.Length)
        {
            if (AtExit(out var strip))
            {
                var end = position + (strip == '\0' ? 2 : 3);
                tokens.Add(new(TokenKind.Exit, position, end));
                return (end, strip);
            }

            ReadOne(inBlock: true);
        }

        CheckClosed();
        problems.BlockNeverClosed(block);
        return (text.Length, '\0');
    }

    public void ReadAll()
    {
        while (position < text.Length)
        {
            ReadOne(inBlock: false);
        }

        CheckClosed();
    }

    void CheckClosed()
    {
        foreach (var (quote, _, start) in interpolations.Reverse().Take(1))
        {
            problems.TextNeverClosed(start, quote);
        }
    }

    bool AtExit(out char strip)
    {
        strip = '\0';
        if (braces > 0 || interpolations.Count > 0)
        {
            return false;
        }

        if (text[position] is '-' or '~' && Follows("}}", 1))
        {
            strip = text[position];
            return true;
        }

        return Follows("}}", 0);
    }

    bool Follows(string mark, int offset) =>
        string.CompareOrdinal(text, position + offset, mark, 0, mark.Length) == 0;

    void ReadOne(bool inBlock)
    {
        var c = text[position];
        if (c == '\n')
        {
            Add(TokenKind.NewLine, 1);
        }
        else if (char.IsWhiteSpace(c))
        {
            position++;
        }
        else if (c == '#')
        {
            SkipComment(inBlock);
        }
        else if (char.IsLetter(c) || c == '_')
        {
            ReadName();
        }
        else if (c == '$')
        {
            ReadDollar();
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber();
        }
        else if (c is '"' or '\'')
        {
            ReadString(c);
        }
        else if (c == '`')
        {
            ReadVerbatim();
        }
        else
        {
            ReadMark(c);
        }
    }

    void Add(TokenKind kind, int length, string? value = null)
    {
        tokens.Add(new(kind, position, position + length, value));
        position += length;
    }

    void ReadMark(char c)
    {
        if (c == '{')
        {
            braces++;
            Add(TokenKind.OpenBrace, 1);
            return;
        }

        if (c == '}')
        {
            if (interpolations.TryPeek(out var open) && open.Braces == braces)
            {
                Add(TokenKind.InterpolationClose, 1);
                ReadInterpolationText();
                return;
            }

            braces = Math.Max(0, braces - 1);
            Add(TokenKind.CloseBrace, 1);
            return;
        }

        foreach (var (mark, kind) in marks)
        {
            if (Follows(mark, 0))
            {
                Add(kind, mark.Length);
                return;
            }
        }

        var length = char.IsHighSurrogate(c) && position + 1 < text.Length ? 2 : 1;
        problems.UnknownCharacter(position, text.Substring(position, length));
        Add(TokenKind.Bad, length);
    }

    void ReadName()
    {
        var end = position + 1;
        while (end < text.Length && IsNamePart(text[end]))
        {
            end++;
        }

        Add(TokenKind.Identifier, end - position, text[position..end]);
    }

    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    void ReadDollar()
    {
        var next = position + 1 < text.Length ? text[position + 1] : '\0';
        if (next is '"' or '\'')
        {
            interpolations.Push((next, braces, position));
            Add(TokenKind.InterpolationBegin, 2);
            ReadInterpolationText();
            return;
        }

        if (next == '$')
        {
            Add(TokenKind.Local, 2, "$");
            return;
        }

        var end = position + 1;
        while (end < text.Length && IsNamePart(text[end]))
        {
            end++;
        }

        Add(TokenKind.Local, end - position, text[(position + 1)..end]);
    }

    void ReadNumber()
    {
        var end = position;
        if (text[end] == '0' && end + 1 < text.Length && text[end + 1] is 'x' or 'X' or 'b' or 'B')
        {
            end += 2;
        }

        while (end < text.Length && IsNumberPart(end))
        {
            end++;
        }

        Add(TokenKind.Number, end - position, text[position..end]);
    }

    bool IsNumberPart(int at)
    {
        var c = text[at];
        if (IsNamePart(c))
        {
            return true;
        }

        var isHex = text[position] == '0' && position + 1 < text.Length && text[position + 1] is 'x' or 'X' or 'b' or 'B';
        if (c == '.')
        {
            return !isHex && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])
                && text.IndexOf('.', position, at - position) < 0;
        }

        return c is '+' or '-' && !isHex && text[at - 1] is 'e' or 'E' && char.IsAsciiDigit(text[at - 2])
            && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
    }

    void SkipComment(bool inBlock)
    {
        var isLong = Follows("##", 0);
        position += isLong ? 2 : 1;
        while (position < text.Length)
        {
            if (inBlock && interpolations.Count == 0 && (Follows("}}", 0) || (text[position] is '-' or '~' && Follows("}}", 1))))
            {
                braces = 0;
                return;
            }

            if (isLong && Follows("##", 0))
            {
                position += 2;
                return;
            }

            if (!isLong && text[position] == '\n')
            {
                return;
            }

            position++;
        }
    }

    void ReadString(char quote)
    {
        var value = new StringBuilder();
        var start = position++;
        while (position < text.Length && text[position] != quote)
        {
            ReadCharacter(value);
        }

        Finish(TokenKind.String, start, value, quote);
    }

    void Finish(TokenKind kind, int start, StringBuilder value, char quote)
    {
        if (position >= text.Length)
        {
            problems.TextNeverClosed(start, quote);
        }
        else
        {
            position++;
        }

        tokens.Add(new(kind, start, position, value.ToString()));
    }

    void ReadVerbatim()
    {
        var value = new StringBuilder();
        var start = position++;
        while (position < text.Length && (text[position] != '`' || Follows("``", 0)))
        {
            value.Append(text[position]);
            position += text[position] == '`' ? 2 : 1;
        }

        Finish(TokenKind.String, start, value, '`');
    }

    void ReadInterpolationText()
    {
        var (quote, _, _) = interpolations.Peek();
        var value = new StringBuilder();
        var start = position;
        while (position < text.Length && text[position] != quote && text[position] != '{')
        {
            if (text[position] == '\\' && position + 1 < text.Length && text[position + 1] is '{' or '}')
            {
                value.Append(text[position + 1]);
                position += 2;
            }
            else
            {
                ReadCharacter(value);
            }
        }

        tokens.Add(new(TokenKind.InterpolationText, start, position, value.ToString()));
        if (position >= text.Length)
        {
            return;
        }

        if (text[position] == '{')
        {
            Add(TokenKind.InterpolationOpen, 1);
        }
        else
        {
            interpolations.Pop();
            Add(TokenKind.InterpolationEnd, 1);
        }
    }

    void ReadCharacter(StringBuilder value)
    {
        if (text[position] != '\\')
        {
            value.Append(text[position++]);
            return;
        }

        var next = position + 1 < text.Length ? text[position + 1] : '\0';
        var plain = next switch
        {
            '\'' or '"' or '\\' => next,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            '0' => '\0',
            _ => '\uffff',
        };
        if (plain != '\uffff')
        {
            value.Append(plain);
            position += 2;
            return;
        }

        var digits = next switch { 'u' => 4, 'x' => 2, _ => 0 };
        if (next is '\r' or '\n')
        {
            position += next == '\r' && Follows("\r\n", 1) ? 3 : 2;
        }
        else if (digits > 0 && position + 2 + digits <= text.Length
            && ushort.TryParse(text.AsSpan(position + 2, digits), NumberStyles.AllowHexSpecifier, null, out var code))
        {
            value.Append((char)code);
            position += 2 + digits;
        }
        else
        {
            problems.UnknownEscape(position, digits, next);
            position += next == '\0' && position + 1 >= text.Length ? 1 : 2;
        }
    }
}
