using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>Everything that can be wrong while a template runs, and how it is said.</summary>
static partial class RenderProblems
{
    public static Mistake UnknownVariable(Variable at, IEnumerable<string> known) =>
        At(at, $"unknown variable `{at.Name}`", Suggestion.For(at.Name, known));

    public static Mistake UnknownLocal(Node at, string name) =>
        At(at, $"`${name}` has no value here", $"assign it first: `${name} = …`");

    public static Mistake MemberOfNull(Node at, Expression target, string name, int nameStart) => new(
        nameStart, at.End, $"{Words(target)} is null, so it has no `{name}`", $"write `?.{name}` if it may be blank");

    public static Mistake IndexOfNull(Node at, Expression target) =>
        At(at, $"{Words(target)} is null, so it has nothing to look up", "test it first with `if`");

    public static Mistake UnknownColumn(Node at, int nameStart, TemplateRow row, string name)
    {
        var sharing = row.Columns.Sharing(name);
        return sharing.Count > 1
            ? new(nameStart, at.End, $"`{name}` could be any of {string.Join(", ", sharing.Select(s => $"`{s}`"))}",
                $"write the exact name: `{row.Name}[\"{sharing[0]}\"]`")
            : new(nameStart, at.End, $"`{row.Name}` has no column `{name}`",
                Suggestion.For(name, row.Columns.Names.Concat(row.Columns.Names.Select(TemplateColumns.PlainName)))
                ?? ColumnList(row));
    }

    static string? ColumnList(TemplateRow row) => row.Columns.Names.Count is > 0 and <= 12
        ? $"its columns are {string.Join(", ", row.Columns.Names.Select(n => $"`{n}`"))}"
        : null;

    public static Mistake UnknownMember(Node at, int nameStart, Value owner, string name, IEnumerable<string> known) => new(
        nameStart, at.End, $"{OwnerName(owner)} has no member `{name}`", Suggestion.For(name, known));

    public static Mistake UnknownKey(Node at, int keyStart, Value owner, string key, IEnumerable<string> known) => new(
        keyStart, at.End - 1, $"{OwnerName(owner)} has no key `{key}`",
        Suggestion.For(key, known) ?? "write `?.` or `??` right behind it if it may be missing");

    static string OwnerName(Value owner) => owner.Reference is TemplateMap { Name.Length: > 0 } map ? $"`{map.Name}`" : Describe(owner);

    public static Mistake UnknownFunction(PathExpression at, Library library, string name) => Refusal.For(library.Name, name) is { } refused
        ? At(at, refused.Message, refused.Hint)
        : At(at, $"`{library.Name}` has no function `{name}`", Suggestion.For(name, library.FunctionNames));

    public static Mistake NotCallable(Call at, Expression callee, Value value) => value.IsNull
        ? At(callee, $"{Words(callee)} is null, so it can't be called", null)
        : At(callee, $"{Words(callee)} is {Describe(value)}, not a function, so nothing can follow it",
            "join values with `+`, or end the statement with `;`");

    public static Mistake TooManyArguments(Node at, Node callee, Builtin builtin, int count) => At(callee,
        $"`{builtin.FullName}` was given {count} arguments, but takes {Count(builtin.RequiredCount, builtin.MaximumCount)}", null);

    public static Mistake TooManyArguments(Node at, FunctionBody body, int count) =>
        At(at, $"`{body.Name}` was given {count} arguments, but takes {body.Parameters?.Length ?? 0}", null);

    public static Mistake MissingArgument(Node at, Builtin builtin, int index) => new(
        at.End, at.End + 1, $"`{builtin.FullName}` needs its argument `{builtin.Parameters[index]}`", builtin.Usage);

    public static Mistake MissingArgument(Node at, FunctionBody body, string name) =>
        new(at.End, at.End + 1, $"`{body.Name}` needs its argument `{name}`", null);

    public static Mistake UnknownArgument(int start, string name, string function, IReadOnlyList<string> known) =>
        new(start, start + name.Length, $"`{function}` has no argument `{name}`", Suggestion.For(name, known));

    public static Mistake ExpansionOutsideOfCall(Node at) => At(at, "`^` only makes sense before an argument of a call", null);

    public static Mistake NoWrappedBlock(Node at) =>
        At(at, "`$$` has no block here", "call the function with `wrap`");

    public static Mistake OutsideOfLoop(Node at, bool isWhile) => isWhile
        ? At(at, "`while.` is only known inside of a `while`", null)
        : At(at, "`for.` is only known inside of a `for`", null);

    public static Mistake ReadOnly(Node at, string name) => At(at, $"`{name}` is read-only", null);

    public static Mistake CannotChange(Node at, Value owner, string name) =>
        At(at, $"`{name}` can't be set: {Describe(owner)} is data and stays as it is", "assign to a variable of your own");

    public static Mistake SetOnNull(Node at, string name) =>
        At(at, $"`{name}` can't be set on null", "make the object first: `x = {}`");

    public static Mistake NotAssignable(Node at) => At(at, "this can't be assigned", null);

    public static Mistake NotAnObject(Node at, Value value, string statement) =>
        At(at, $"`{statement}` needs an object, and this is {Describe(value)}", null);

    public static Mistake NotAnObject(Node at, Value value) => At(at, $"this is {Describe(value)}, not an object", null);

    public static Mistake NotAList(Node at, Value value) => At(at, $"this is {Describe(value)}, not a list", null);

    public static Mistake NotIndexable(Node at, Value value) => At(at, $"{Describe(value)} has no elements", null);

    public static Mistake NullKey(Expression at) =>
        At(at, $"{Words(at)} is null, and null is no key", "give the key a default with `??`");

    public static Mistake OutOfRange(Node at, long index, long count) =>
        At(at, $"there is no element {index}: the list has {count}", "give a default with `??` if it may be missing");

    public static Mistake NotAnInteger(Node at, Value value) => At(at, $"{Found(value)} is not a whole number",
        value.IsText ? "say `string.to_int`" : null);

    public static Mistake NotANumber(Node at, Value value) => At(at, $"{Found(value)} is not a number",
        value.IsText ? "say `string.to_int` or `string.to_double`" : null);

    public static Mistake NotADate(Node at, Value value) => At(at, $"{Found(value)} is not a date",
        value.IsText ? "say `date.parse`" : null);

    public static Mistake NotATimeSpan(Node at, Value value) => At(at, $"{Found(value)} is not a time span",
        value.IsText ? "say `timespan.parse`" : null);

    public static Mistake NotAFunction(Node at, Value value) => At(at, $"{Found(value)} is not a function",
        "write `@` before a function's name to hand it over");

    public static Mistake NoText(Node at, Value value) => value.Reference switch
    {
        TemplateRow row => At(at, $"`{row.Name}` is a whole row",
            row.Columns.Names.Count == 0 ? "say which column" : $"say which column, such as `{row.Name}.{Example(row)}`"),
        Library library => At(at, $"`{library.Name}` is a set of functions, not a value",
            $"say which one, such as `{library.Name}.{library.FunctionNames[0]}`"),
        _ => At(at, $"{Describe(value)} has no text", null),
    };

    static string Example(TemplateRow row) =>
        row.Columns.Names.FirstOrDefault(Escapes.IsName) ?? TemplateColumns.PlainName(row.Columns.Names[0]);
}
