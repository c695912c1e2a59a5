using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>array</c>: every function gives a new list and leaves its own alone; null is an empty list or stays null.</summary>
static class ArrayFunctions
{
    public static Builtin[] All { get; } =
    [
        new("add", "list value", Add),
        new("add_range", "list1 list2", Join),
        new("any", "list function args...", a => Value.Of(FirstMatch(a))),
        new("compact", "list", a => a[0].IsNull ? Value.Null : Where(a, (_, item) => !item.IsNull)),
        new("concat", "list1 list2", Join),
        new("contains", "list item", Contains),
        new("cycle", "list group?", Cycle),
        new("each", "list function args...", Each),
        new("filter", "list function args...", a => Where(a, (a, item) => Apply(a, item).IsTruthy)),
        new("first", "list", a => Ends(a, isLast: false)),
        new("insert_at", "list index value", InsertAt),
        new("join", "list delimiter function?", JoinTexts),
        new("last", "list", a => Ends(a, isLast: true)),
        new("limit", "list count", a => a[0].IsNull ? Value.Null : Part(a, 0, a.Integer(1))),
        new("map", "list member", Map),
        new("offset", "list index", a => a[0].IsNull ? Value.Null : Part(a, Math.Max(0, a.Integer(1)), long.MaxValue)),
        new("remove_at", "list index", RemoveAt),
        new("reverse", "list", Reverse),
        new("size", "list", a => Value.Of(Count(a))),
        new("sort", "list member?", Sorting.Sort),
        new("uniq", "list", Sorting.Unique),
    ];

    static long Count(Arguments a) => Count(a, a[0]);

    static long Count(Arguments a, Value list) =>
        list.IsNull ? 0 : Elements.Count(list) ?? Members.Count(a.Run, list) ?? throw RenderProblems.NotAList(a.At(0), list);

    /// <summary>The list; of an object, the list of its pairs.</summary>
    static Value Source(Arguments a) => Members.Count(a.Run, a[0]) is null ? a[0] : Members.Pairs(a.Run, a[0], a.At(0));

    static Value Ends(Arguments a, bool isLast)
    {
        var list = Source(a);
        var count = Count(a, list);
        return count == 0 ? Value.Null : Elements.At(list, isLast ? count - 1 : 0);
    }

    static ListValue Copy(Arguments a, int room = 0) => Elements.Copy(a.Run, a[0], a.At(0), room);

    static Value Add(Arguments a)
    {
        a.Run.ChargeList(Count(a) + 1, a.Node);
        var list = Copy(a, 1);
        list.Add(a[1]);
        return Value.Of(list);
    }

    static Value Join(Arguments a) => a[0].IsNull && a[1].IsNull ? Value.Null
        : a[0].IsNull ? Value.Of(Elements.Copy(a.Run, a[1], a.At(1)))
        : Elements.Count(a[0]) is null ? throw RenderProblems.NotAList(a.At(0), a[0])
        : Lists.Join(a.Run, a[0], a[1], a.At(1));

    static Value Apply(Arguments a, Value item)
    {
        var more = a.From(2);
        if (more.Length == 0)
        {
            return Calling.Call(a.Run, a.Function(1), [item], a.Node);
        }

        a.Run.Charge(more.Length, a.Node);
        return Calling.Call(a.Run, a.Function(1), [item, .. more], a.Node);
    }

    static bool FirstMatch(Arguments a)
    {
        _ = a.Function(1);
        var list = Source(a);
        var count = Count(a, list);
        for (long i = 0; i < count; i++)
        {
            if (Apply(a, Elements.At(list, i)).IsTruthy)
            {
                return true;
            }
        }

        return false;
    }

    delegate bool Choice(Arguments a, Value item);

    static Value Where(Arguments a, Choice choice)
    {
        var kept = new ListValue();
        if (a.Count > 1)
        {
            _ = a.Function(1);
        }

        foreach (var item in Copy(a).Items)
        {
            if (choice(a, item))
            {
                a.Run.AddTo(kept, item, a.Node);
            }
        }

        return Value.Of(kept);
    }

    static Value Contains(Arguments a)
    {
        var list = Source(a);
        var count = Count(a, list);
        for (long i = 0; i < count; i++)
        {
            a.Run.Step(a.Node);
            if (Equality.AreEqual(a.Run, Elements.At(list, i), a[1], a.Node))
            {
                return Value.True;
            }
        }

        return Value.False;
    }

    static Value Cycle(Arguments a)
    {
        var list = Source(a);
        var count = Count(a, list);
        if (count == 0)
        {
            return Value.Null;
        }

        var group = a[1].IsNull ? "list " + a.Text(0) : "group " + a.Text(1);
        a.Run.ChargeText(group.Length, a.Node);
        var turns = a.Run.Cycles ??= new(StringComparer.Ordinal);
        var turn = turns.GetValueOrDefault(group);
        turns[group] = turn + 1;
        return Elements.At(list, turn % count);
    }

    static Value Each(Arguments a)
    {
        _ = a.Function(1);
        var result = new ListValue();
        foreach (var item in Copy(a).Items)
        {
            a.Run.AddTo(result, Apply(a, item), a.Node);
        }

        return Value.Of(result);
    }

    static Value InsertAt(Arguments a)
    {
        var index = a.Integer(1);
        var list = Copy(a);
        var place = Math.Max(0, index < 0 ? index + list.Count : index);
        var size = Math.Max(place, list.Count) + 1;
        a.Run.ChargeList(size, a.At(1));
        var result = new ListValue((int)size);
        for (var i = 0; i < size - 1; i++)
        {
            if (i == place)
            {
                result.Add(a[2]);
            }

            result.Add(i < list.Count ? list[i] : Value.Null);
        }

        if (place == size - 1)
        {
            result.Add(a[2]);
        }

        return Value.Of(result);
    }

    static Value JoinTexts(Arguments a)
    {
        var list = Source(a);
        var count = Count(a, list);
        if (count > a.Run.Limits.ListLength)
        {
            throw RenderProblems.ListTooLong(a.Node, count, a.Run.Limits.ListLength);
        }

        var delimiter = a.Text(1);
        var items = a[2].IsNull ? list : Changed(a, list, count);
        var mark = a.Run.Output.Length;
        for (long i = 0; i < count; i++)
        {
            a.Run.Step(a.Node);
            a.Run.Write(i == 0 ? "" : delimiter, a.Node);
            Printer.Print(a.Run, Elements.At(items, i), a.Node);
        }

        return a.Run.TakeSince(mark, a.Node);
    }

    static Value Changed(Arguments a, Value list, long count)
    {
        var function = a.Function(2);
        var changed = new ListValue((int)count);
        for (long i = 0; i < count; i++)
        {
            var text = Value.Of(Printer.ToText(a.Run, Elements.At(list, i), a.Node));
            a.Run.AddTo(changed, Calling.Call(a.Run, function, [text], a.Node), a.Node);
        }

        return Value.Of(changed);
    }

    static Value Part(Arguments a, long offset, long length)
    {
        var list = Source(a);
        var count = Count(a, list);
        var end = Math.Min(count, length > count ? count : offset + Math.Max(0, length));
        a.Run.ChargeList(Math.Max(0, end - offset), a.Node);
        var part = new ListValue();
        for (var i = offset; i < end; i++)
        {
            part.Add(Elements.At(list, i));
        }

        return Value.Of(part);
    }

    static Value Map(Arguments a)
    {
        var name = a.Text(1);
        var list = Copy(a);
        foreach (ref var item in list.Writable)
        {
            item = Sorting.MemberOf(a, item, name);
        }

        return Value.Of(list);
    }

    static Value RemoveAt(Arguments a)
    {
        var index = a.Integer(1);
        var list = Copy(a);
        var place = index < 0 ? index + list.Count : index;
        var kept = new ListValue(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (i != place)
            {
                kept.Add(list[i]);
            }
        }

        return Value.Of(kept);
    }

    static Value Reverse(Arguments a)
    {
        var list = Copy(a);
        list.Writable.Reverse();
        return Value.Of(list);
    }
}
