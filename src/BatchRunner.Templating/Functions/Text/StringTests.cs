using System.Globalization;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>string</c>: functions that answer a question about a text, or read a number from it.</summary>
static class StringTests
{
    public static Builtin[] All { get; } =
    [
        new("contains", "text value", a => Ask(a, (s, v) => s.Contains(v, StringComparison.Ordinal))),
        new("empty", "text", a => Value.Of(a[0].IsNull || a.Text(0).Length == 0)),
        new("ends_with", "text value", a => Ask(a, (s, v) => s.EndsWith(v, StringComparison.Ordinal))),
        new("equals_ignore_case", "text value", a => Value.Of(a[0].IsNull == a[1].IsNull
            && string.Equals(a.Text(0), a.Text(1), StringComparison.OrdinalIgnoreCase))),
        new("index_of", "text search start_index? count? string_comparison?", IndexOf),
        new("size", "text", a => Value.Of((long)a.Text(0).Length)),
        new("starts_with", "text value", a => Ask(a, (s, v) => s.StartsWith(v, StringComparison.Ordinal))),
        new("to_double", "text", a => double.TryParse(a.Text(0), real, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number) : Value.Null),
        new("to_float", "text", a => float.TryParse(a.Text(0), real, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number) : Value.Null),
        new("to_int", "text", a => int.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? Value.Of((long)number) : Value.Null),
        new("to_long", "text", a => long.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number) : Value.Null),
        new("whitespace", "text", a => Value.Of(string.IsNullOrWhiteSpace(a.Text(0)))),
    ];

    const NumberStyles real = NumberStyles.Float | NumberStyles.AllowThousands;

    static Value Ask(Arguments a, Func<string, string, bool> question)
    {
        if (a[0].IsNull || a[1].IsNull)
        {
            return Value.False;
        }

        var text = a.Text(0);
        a.Run.Charge(text.Length >> 6, a.Node);
        return Value.Of(question(text, a.Text(1)));
    }

    static Value IndexOf(Arguments a)
    {
        if (a[0].IsNull)
        {
            return Value.Of(-1);
        }

        var text = a.Text(0);
        a.Run.Charge(text.Length >> 6, a.Node);
        var start = a.IntegerOr(2, 0);
        if (start < 0 || start > text.Length)
        {
            throw RenderProblems.OutOfBounds(a.At(2), "start_index", start, 0, text.Length);
        }

        var count = a.IntegerOr(3, text.Length - start);
        if (count < 0 || count > text.Length - start)
        {
            throw RenderProblems.OutOfBounds(a.At(3), "count", count, 0, text.Length - start);
        }

        var comparison = a.TextOr(4, "Ordinal");
        var ignoresCase = comparison.EndsWith("IgnoreCase", StringComparison.Ordinal);
        if (comparison is not ("Ordinal" or "OrdinalIgnoreCase" or "InvariantCulture" or "InvariantCultureIgnoreCase"
            or "CurrentCulture" or "CurrentCultureIgnoreCase"))
        {
            throw RenderProblems.BadText(a.At(4), comparison, "a comparison, such as `Ordinal` or `OrdinalIgnoreCase`");
        }

        return Value.Of((long)text.IndexOf(a.Text(1), (int)start, (int)count,
            ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }
}
