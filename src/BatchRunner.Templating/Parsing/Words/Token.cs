namespace BatchRunner.Templating.Parsing;

/// <summary>The words of the language.</summary>
enum TokenKind : byte
{
    End, Text, Enter, Exit, NewLine, Semicolon, Bad,
    Identifier, Local, Number, String,
    InterpolationBegin, InterpolationText, InterpolationOpen, InterpolationClose, InterpolationEnd,
    OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace,
    Dot, QuestionDot, DotDot, DotDotLess, Ellipsis, Comma, Colon, Question,
    DoubleQuestion, QuestionBang, Pipe, DoublePipe, DoubleAmp, Bang,
    DoubleEqual, BangEqual, Less, LessEqual, Greater, GreaterEqual, ShiftLeft, ShiftRight,
    Plus, Minus, Star, Slash, DoubleSlash, Percent,
    Equal, PlusEqual, MinusEqual, StarEqual, SlashEqual, DoubleSlashEqual, PercentEqual,
    PlusPlus, MinusMinus, At, Caret,
}

/// <summary>One word with its place; <paramref name="Text"/> is a name, an unescaped text, or the indent of a block.</summary>
readonly record struct Token(TokenKind Kind, int Start, int End, string? Text = null);
