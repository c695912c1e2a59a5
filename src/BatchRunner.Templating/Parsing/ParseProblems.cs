using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Everything that can be wrong with a template's text, and how it is said.</summary>
sealed class ParseProblems(string text)
{
    readonly List<TemplateProblem> found = [];

    /// <summary>A text without its end swallows all that follows: one cause, one problem.</summary>
    bool textIsOpen;

    public int Count => found.Count;

    /// <summary>In order of place, each place once.</summary>
    public IReadOnlyList<TemplateProblem> All() => [.. found.DistinctBy(p => p.Offset).OrderBy(p => p.Offset)];

    public void BlockNeverClosed(int start)
    {
        if (!textIsOpen)
        {
            Add(start, start + 2, "`{{` is never closed", "add `}}`");
        }
    }

    public void EscapeNeverClosed(int start, int end, string closing) =>
        Add(start, end, $"`{text[start..end]}` is never closed", $"add `{closing}`");

    public void TextNeverClosed(int start, char quote)
    {
        if (!textIsOpen)
        {
            Add(start, start + 1, "the text is never closed", quote == '`' ? "add a backtick" : $"add `{quote}`");
        }

        textIsOpen = true;
    }

    public void UnknownCharacter(int start, string character) => Add(start, start + character.Length, $"unexpected `{character}`", character switch
    {
        "&" => "write `&&` for and",
        "“" or "”" or "„" => "write straight quotes: `\"`",
        "‘" or "’" => "write straight quotes: `'`",
        _ => null,
    });

    public void UnknownEscape(int start, int digits, char letter) => Add(start, start + 2, digits > 0
        ? $"`\\{letter}` needs {digits} hexadecimal digits"
        : $"`\\{letter}` is no escape", digits > 0 ? null : "write `\\\\` for a backslash, or use backticks around the text");

    public void Unexpected(Token token, string? expected, string? hint) =>
        Add(token, $"unexpected {Words(token)}" + (expected is null ? "" : $", expected {expected}"), hint);

    public void NeverClosed(Token keyword) =>
        Add(keyword, $"`{keyword.Text}` is never closed", "add `{{ end }}`");

    public void ClosesNothing(Token keyword) => Add(keyword, $"`{keyword.Text}` belongs to nothing", keyword.Text switch
    {
        "end" => "every `end` closes one `if`, `for`, `while`, `case`, `func`, `capture`, `with` or `wrap`",
        "else" => "`else` stands between `if`, `for` or `case` and its `end`",
        _ => "`when` stands between `case` and its `end`",
    });

    public void TooDeep(Token token, int limit) => Add(token, $"the template nests more than {limit} deep", null);

    public void TooLong(int length, int limit) =>
        Add(0, 1, $"the template has {length} characters; the limit is {limit}", null);

    public void NotAssignable(int start, int end) =>
        Add(start, end, "this can't be assigned", "write `==` to compare");

    public void JumpOutsideOfLoop(Token keyword) => Add(keyword, $"`{keyword.Text}` is only known inside of a loop", null);

    public void UnknownLoopMember(Token token, string loop, IReadOnlyList<string> known) => Add(
        token, $"`{loop}` has no member `{token.Text}`", Suggestion.For(token.Text ?? "", known)
        ?? $"it has {string.Join(", ", known.Select(k => $"`{loop}.{k}`"))}");

    public void NotAFunction(int start, int end) =>
        Add(start, end, "nothing can be piped into this", "write a function's name behind `|`");

    public void NotWrapped(int start, int end) =>
        Add(start, end, "`wrap` needs a function", "write the name of a `func` behind `wrap`");

    public void ArgumentReachesFar(Expression callee, Expression argument) => Add(argument.Start, argument.End,
        $"`{Shorten(text[argument.Start..argument.End])}` is all one argument of `{Shorten(text[callee.Start..callee.End])}`",
        "put parentheses around the call, or around the argument if you mean it");

    public void RangeNeedsParentheses(int start, int end) =>
        Add(start, end, "a range with options needs parentheses", $"write `({text[start..end]})`");

    public void BadNumber(Token token, string? hint) => Add(token, $"`{text[token.Start..token.End]}` is not a number", hint);

    public void NumberTooLarge(Token token, int limit) => Add(token, $"the number has more than {limit} bits", null);

    public void DuplicateParameter(Token token) => Add(token, $"the parameter `{token.Text}` is there twice", null);

    public void ParameterNeedsDefault(Token token) =>
        Add(token, $"the parameter `{token.Text}` needs a default, as the one before it has one", null);

    public void NoWordOperator(Token token, string instead) =>
        Add(token, $"`{token.Text}` is not an operator", $"write `{instead}`");

    public void Refused(int start, int end, (string Message, string? Hint) reason) => Add(start, end, reason.Message, reason.Hint);

    public void UnknownFunction(int start, int end, Library library, string name) =>
        Add(start, end, $"`{library.Name}` has no function `{name}`", Suggestion.For(name, library.FunctionNames));

    public void TooManyArguments(int start, int end, Builtin builtin, int count) => Add(start, end,
        $"`{builtin.FullName}` was given {count} arguments, but takes {(builtin.RequiredCount == builtin.MaximumCount
            ? $"{builtin.MaximumCount}" : $"{builtin.RequiredCount} to {builtin.MaximumCount}")}", builtin.Usage);

    public void MissingArgument(int end, Builtin builtin, string name) =>
        Add(end, end + 1, $"`{builtin.FullName}` needs its argument `{name}`", builtin.Usage);

    public void UnknownArgument(int start, Builtin builtin, string name) =>
        Add(start, start + name.Length, $"`{builtin.FullName}` has no argument `{name}`", Suggestion.For(name, builtin.Parameters));

    string Words(Token token) => token.Kind switch
    {
        TokenKind.End => "end of the template",
        TokenKind.NewLine => "end of line",
        TokenKind.Exit => "`}}`",
        TokenKind.Text => "text",
        _ => $"`{Shorten(text[token.Start..token.End])}`",
    };

    static string Shorten(string words) => words.Length <= 40 ? words : words[..39] + "…";

    void Add(Token token, string message, string? hint) => Add(token.Start, token.End, message, hint);

    void Add(int start, int end, string message, string? hint) =>
        found.Add(Place(text, TemplateStage.Parse, start, end, message, hint));

    /// <summary>A problem with its line and column; a place behind the end moves onto the last character.</summary>
    public static TemplateProblem Place(string text, TemplateStage stage, int start, int end, string message, string? hint)
    {
        start = Math.Clamp(start, 0, Math.Max(0, text.Length - 1));
        end = Math.Clamp(end, Math.Min(start + 1, text.Length), text.Length);
        var line = 1 + text.AsSpan(0, start).Count('\n');
        var column = start - (text.AsSpan(0, start).LastIndexOf('\n') + 1) + 1;
        return new(stage, message, hint, start, Math.Max(1, end - start), line, column);
    }
}
