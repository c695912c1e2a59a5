using System.Numerics;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>What a value answers to a number: lists, ranges and texts have elements.</summary>
static class Elements
{
    static readonly string[] characters = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    /// <summary>How many elements, or null if the value has none by nature.</summary>
    public static long? Count(Value value) => value.Reference switch
    {
        ListValue list => list.Count,
        DataList list => list.Count,
        RangeValue range => range.Count,
        string text => text.Length,
        Cell cell => cell.Text.Length,
        _ => null,
    };

    public static Value At(Value value, long index) => value.Reference switch
    {
        ListValue list => list[(int)index],
        DataList list => list[(int)index],
        RangeValue range => Value.Of(range[index]),
        _ => Value.Of(Character(value.Text[(int)index])),
    };

    static string Character(char c) => c < 128 ? characters[c] : c.ToString();

    public static Value Get(Run run, Value owner, Value key, Node at, Expression keyAt, bool isGuarded)
    {
        if (Count(owner) is not { } count)
        {
            return Members.Count(run, owner) is null
                ? throw RenderProblems.NotIndexable(at, owner)
                : GetByText(run, owner, key, (PathExpression)at, keyAt, isGuarded);
        }

        var index = ToInteger(key, keyAt);
        var place = index < 0 ? index + count : index;
        if (place >= 0 && place < count)
        {
            return At(owner, place);
        }

        return run.IsStrict && !isGuarded ? throw RenderProblems.OutOfRange(keyAt, index, count) : Value.Null;
    }

    static Value GetByText(Run run, Value owner, Value key, PathExpression at, Expression keyAt, bool isGuarded)
    {
        if (key.IsNull)
        {
            return isGuarded ? Value.Null : throw RenderProblems.NullKey(keyAt);
        }

        var name = Printer.ToText(run, key, keyAt);
        return Members.TryGet(run, owner, name, out var value) ? value
            : Members.Missing(run, owner, name, at, keyAt.Start, isGuarded);
    }

    public static void Set(Run run, Value owner, Value key, Value value, Node at, Expression keyAt)
    {
        if (owner.Reference is not ListValue list)
        {
            if (key.IsNull)
            {
                throw RenderProblems.NullKey(keyAt);
            }

            Members.Set(run, owner, Printer.ToText(run, key, keyAt), value, at);
            return;
        }

        var index = ToInteger(key, keyAt);
        var place = index < 0 ? index + list.Count : index;
        if (place < 0)
        {
            throw RenderProblems.OutOfRange(keyAt, index, list.Count);
        }

        if (place >= list.Count)
        {
            run.ChargeList(place + 1, at);
            list.PadTo((int)place + 1);
        }

        list[(int)place] = value;
    }

    /// <summary>A value as a 64-bit integer; numbers lose their fraction.</summary>
    public static long ToInteger(Value value, Node at)
    {
        if (value.IsInteger)
        {
            return value.Integer;
        }

        if (value.Kind is Kind.Single or Kind.Double or Kind.Decimal)
        {
            var number = Arithmetic.ToDouble(value);
            return number is > -9e18 and < 9e18 ? (long)number : throw RenderProblems.NotAnInteger(at, value);
        }

        return value.IsText && BigInteger.TryParse(value.Text, System.Globalization.NumberStyles.AllowLeadingSign, null, out var parsed)
            && parsed >= long.MinValue && parsed <= long.MaxValue && value.Text.Length < 25
            ? (long)parsed
            : throw RenderProblems.NotAnInteger(at, value);
    }

    /// <summary>A list's elements as a new list of the template's own.</summary>
    public static ListValue Copy(Run run, Value source, Node at, int room = 0)
    {
        if (Members.Count(run, source) is not null)
        {
            source = Members.Pairs(run, source, at);
        }

        var count = source.IsNull ? 0 : Count(source) ?? throw RenderProblems.NotAList(at, source);
        run.ChargeList(count + room, at);
        var copy = new ListValue((int)count + room);
        for (long i = 0; i < count; i++)
        {
            copy.Add(At(source, i));
        }

        return copy;
    }
}
