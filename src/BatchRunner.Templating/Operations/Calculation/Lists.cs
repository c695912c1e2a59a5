using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>Lists that are joined, repeated, and given one more element at either end.</summary>
static class Lists
{
    public static bool IsList(Value value) => value.Kind is Kind.List or Kind.DataList or Kind.Range;

    public static Value Apply(Run run, BinaryOperator op, Value a, Value b, Binary at)
    {
        if (op == BinaryOperator.Add && IsList(a) && IsList(b))
        {
            return Join(run, a, b, at);
        }

        if (op == BinaryOperator.Multiply && (a.IsNumber || b.IsNumber))
        {
            return Repeat(run, a, b, at);
        }

        throw RenderProblems.NoSuchOperation(at, a, b);
    }

    public static Value Join(Run run, Value a, Value b, Node at)
    {
        var more = b.IsNull ? 0 : Elements.Count(b) ?? throw RenderProblems.NotAList(at, b);
        run.ChargeList((long)Int128.Min((Int128)(Elements.Count(a) ?? 0) + more, long.MaxValue), at);
        var list = Elements.Copy(run, a, at, (int)more);
        for (long i = 0; i < more; i++)
        {
            list.Add(Elements.At(b, i));
        }

        return Value.Of(list);
    }

    static Value Repeat(Run run, Value a, Value b, Binary at)
    {
        var (source, count) = IsList(a) ? (a, b) : (b, a);
        var times = Math.Max(0, Elements.ToInteger(count, at));
        var length = Elements.Count(source) ?? 0;
        run.ChargeList((long)Int128.Min((Int128)length * times, long.MaxValue), at);
        var list = new ListValue((int)(length * times));
        for (long i = 0; i < length * times; i++)
        {
            list.Add(Elements.At(source, i % length));
        }

        return Value.Of(list);
    }

    public static Value Append(Run run, ListValue list, Value value, Node at)
    {
        run.ChargeList(list.Count + 1L, at);
        var copy = Elements.Copy(run, Value.Of(list), at, 1);
        copy.Add(value);
        return Value.Of(copy);
    }

    public static Value Prepend(Run run, Value value, ListValue list, Node at)
    {
        run.ChargeList(list.Count + 1L, at);
        var longer = new ListValue(list.Count + 1);
        longer.Add(value);
        foreach (var item in list.Items)
        {
            longer.Add(item);
        }

        return Value.Of(longer);
    }
}
