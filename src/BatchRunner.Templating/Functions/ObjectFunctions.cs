using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>object</c>: what any value is and holds.</summary>
static class ObjectFunctions
{
    public static Builtin[] All { get; } =
    [
        new("default", "value default", a => a[0].IsNull || (a[0].IsText && a[0].Text.Length == 0) ? a[1] : a[0]),
        new("format", "value format culture?", a => a[0].IsNull ? Value.Null : Formats.Any(a)),
        new("from_json", "json", Json.Read),
        new("has_key", "value key", a => Value.Of(Has(a, out _))),
        new("has_value", "value key", a => Value.Of(Has(a, out var value) && !value.IsNull)),
        new("keys", "value", a => Collect(a, (name, _) => Value.Of(name))),
        new("kind", "value", a => Value.Of(KindOf(a[0]))),
        new("size", "value", a => Value.Of(Elements.Count(a[0]) ?? Members.Count(a.Run, a[0]) ?? 0)),
        new("to_json", "value", Json.Write),
        new("typeof", "value", a => Value.Of(TypeOf(a[0]))),
        new("values", "value", a => Collect(a, (_, value) => value)),
    ];

    static bool Has(Arguments a, out Value value)
    {
        value = default;
        return Members.Count(a.Run, a[0]) is not null && !a[1].IsNull && Members.TryGet(a.Run, a[0], a.Text(1), out value);
    }

    static Value Collect(Arguments a, Func<string, Value, Value> choose)
    {
        if (a[0].IsNull)
        {
            return Value.Of(new ListValue());
        }

        if (Members.Count(a.Run, a[0]) is null)
        {
            throw RenderProblems.NotAnObject(a.At(0), a[0]);
        }

        var list = new ListValue();
        foreach (var (name, value) in Members.All(a.Run, a[0], a.Node))
        {
            a.Run.AddTo(list, choose(name, value), a.Node);
        }

        return Value.Of(list);
    }

    static string? TypeOf(Value value) => value.Kind switch
    {
        Kind.Null => null,
        Kind.Boolean => "boolean",
        Kind.Text or Kind.Cell => "string",
        Kind.Range => "iterator",
        Kind.List or Kind.DataList => "array",
        _ => value.IsNumber ? "number" : "object",
    };

    static string? KindOf(Value value) => value.Kind switch
    {
        Kind.Null => null,
        Kind.Boolean => "bool",
        Kind.Integer => value.Integer is >= int.MinValue and <= int.MaxValue ? "int" : "long",
        Kind.Big => "bigint",
        Kind.Single => "float",
        Kind.Double => "double",
        Kind.Decimal => "decimal",
        Kind.Text or Kind.Cell => "string",
        Kind.Range => "range",
        Kind.List or Kind.DataList => "array",
        Kind.Function => "function",
        _ => "object",
    };
}
