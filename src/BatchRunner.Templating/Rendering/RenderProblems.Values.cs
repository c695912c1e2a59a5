using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>What can be wrong with values under operators, and which limits there are.</summary>
static partial class RenderProblems
{
    public static Mistake OrderOfCells(Binary at, string cell) => Operator(at,
        $"`{Shorten(cell)}` is the text of a cell, so `{Sign(at)}` would compare letters, not numbers", "say `string.to_int`");

    public static Mistake ArithmeticOnCell(Binary at, string cell) => Operator(at,
        $"`{Shorten(cell)}` is the text of a cell, so `{Sign(at)}` would not calculate with it", "say `string.to_int`");

    public static Mistake ArithmeticOnCell(Node at, string cell) =>
        At(at, $"`{Shorten(cell)}` is the text of a cell, not a number", "say `string.to_int`");

    public static Mistake CellAgainstEmptyText(Binary at, Expression side) => Operator(at,
        $"{Words(side)} is never `\"\"`: a blank cell is null",
        $"write `{Plain(side)} {(at.Operator == BinaryOperator.Equal ? "==" : "!=")} null`");

    public static Mistake NoSuchOperation(Binary at, Value a, Value b) =>
        Operator(at, $"`{Sign(at)}` makes no sense between {Describe(a)} and {Describe(b)}",
            a.IsText || b.IsText ? "say `string.to_int` to calculate with text" : null);

    public static Mistake NotComparable(Binary at, Value a, Value b) =>
        Operator(at, $"{Describe(a)} and {Describe(b)} have no order", null);

    public static Mistake NotSortable(Node at, Value a, Value b) => At(at, $"{Describe(a)} and {Describe(b)} have no order", null);

    public static Mistake OnlyIntegers(Binary at) => Operator(at, $"`{Sign(at)}` takes whole numbers only", null);

    public static Mistake DivideByZero(Binary at) => Operator(at, "division by zero", null);

    public static Mistake DivideByZero(Node at) => At(at, "division by zero", null);

    public static Mistake NoSign(Node at, bool isMinus, Value value) =>
        At(at, $"`{(isMinus ? '-' : '+')}` makes no sense before {Describe(value)}", value.IsText ? "say `string.to_int`" : null);

    public static Mistake NoIncrement(Node at, Value value) =>
        At(at, $"{Describe(value)} can't be counted up or down", value.IsText ? "say `string.to_int`" : null);

    public static Mistake DateOutOfRange(Node at) => At(at, "the date lies outside of the years 1 to 9999", null);

    public static Mistake BadText(Node at, string text, string what) => At(at, $"`{Shorten(text)}` is not {what}", null);

    public static Mistake BadFormat(Node at, string format) => At(at, $"`{Shorten(format)}` is not a format for this value", null);

    public static Mistake BadPattern(Node at, string pattern) => At(at, $"`{Shorten(pattern)}` is not a regular expression", null);

    public static Mistake OutOfBounds(Node at, string name, long value, long least, long most) =>
        At(at, $"`{name}` is {value}, but must be {least} to {most}", null);

    public static Mistake OnlyInvariantCulture(Node at, string culture) =>
        At(at, $"the culture `{Shorten(culture)}` does not exist here: every run must print the same", "leave the culture out");

    public static Mistake RegexTooSlow(Node at, TimeSpan limit) =>
        At(at, $"regular expressions took more than {limit.TotalMilliseconds} ms in all", "make the pattern simpler");

    public static Mistake TooManySteps(Node at, int limit) => At(at, $"the template takes more than {limit} steps", null);

    public static Mistake TooManyTurns(Node at, int limit) =>
        new(at.Start, at.Start + (at is While ? 5 : 3), $"the loop takes more than {limit} turns", null);

    public static Mistake TooDeepCalls(Node at, int limit) => At(at, $"calls nest more than {limit} deep", null);

    public static Mistake NestedTooDeep(Node at, int limit) =>
        At(at, $"the value nests more than {limit} deep, or holds itself", null);

    public static Mistake OutputTooLong(Node at, int limit) => At(at, $"the output is longer than {limit} characters", null);

    public static Mistake TextTooLong(Node at, long length, int limit) =>
        At(at, $"the text would have {length} characters; the limit is {limit}", null);

    public static Mistake ListTooLong(Node at, long length, int limit) =>
        At(at, $"the list would have {length} elements; the limit is {limit}", null);

    public static Mistake IntegerTooLarge(Node at, int limit) => at is Binary binary
        ? Operator(binary, $"the number has more than {limit} bits", null)
        : At(at, $"the number has more than {limit} bits", null);

    static Mistake At(Node at, string message, string? hint) => new(at.Start, at.End, message, hint);

    static Mistake Operator(Binary at, string message, string? hint) => new(at.OperatorStart, at.OperatorEnd, message, hint);

    static string Sign(Binary at) => at.Operator switch
    {
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideRound => "//",
        BinaryOperator.Modulo => "%",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.Equal => "==",
        _ => "!=",
    };

    static string Count(int least, int most) => most == int.MaxValue ? $"at least {least}" : least == most ? $"{most}" : $"{least} to {most}";

    static string Found(Value value) => value.IsText ? $"`{Shorten(value.Text)}`" : Describe(value);

    static string Shorten(string text) => text.Length <= 40 ? text : text[..39] + "…";

    static string Words(Expression expression) => Plain(expression) is { Length: > 0 } words ? $"`{words}`" : "this";

    static string Plain(Expression expression) => expression switch
    {
        Variable variable => variable.Name,
        Member member => Plain(member.Target) is { Length: > 0 } target ? $"{target}{(member.IsOptional ? "?." : ".")}{member.Name}" : "",
        Indexer index => Plain(index.Target) is { Length: > 0 } target ? $"{target}[{KeyWords(index.Key)}]" : "",
        _ => "",
    };

    static string KeyWords(Expression key) => key is Literal { Value.IsText: true } literal ? $"\"{Escapes.Escape(literal.Value.Text)}\""
        : key is Literal { Value.IsInteger: true } number ? $"{number.Value.Integer}"
        : Plain(key) is { Length: > 0 } words ? words : "…";

    static string Describe(Value value) => value.Kind switch
    {
        Kind.Null or Kind.Unset => "null",
        Kind.Boolean => "a boolean",
        Kind.Text => "text",
        Kind.Cell => "the text of a cell",
        Kind.Date => "a date",
        Kind.Span => "a time span",
        Kind.List or Kind.DataList => "a list",
        Kind.Range => "a range",
        Kind.Map or Kind.DataMap or Kind.Scope => "an object",
        Kind.Row => "a row",
        Kind.Function => "a function",
        Kind.Library => "a set of functions",
        _ => "a number",
    };
}
