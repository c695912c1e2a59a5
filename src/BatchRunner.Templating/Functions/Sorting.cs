using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>array.sort</c>, which keeps equal elements in their order, and <c>array.uniq</c>.</summary>
static class Sorting
{
    public static Value Sort(Arguments a)
    {
        var isSingle = !a[0].IsNull && Elements.Count(a[0]) is null && Members.Count(a.Run, a[0]) is null;
        var list = isSingle ? Only(a[0]) : Elements.Copy(a.Run, a[0], a.At(0));
        var member = a[1].IsNull ? null : a.Text(1);
        var keyed = new (Value Key, int Place)[list.Count];
        a.Run.Charge(list.Count * 4L, a.Node);
        for (var i = 0; i < keyed.Length; i++)
        {
            keyed[i] = (member is null ? list[i] : MemberOf(a, list[i], member), i);
        }

        var (run, at) = (a.Run, a.Node);
        try
        {
            Array.Sort(keyed, (x, y) => Compare(run, x, y, at));
        }
        catch (InvalidOperationException exception) when (exception.InnerException is Mistake mistake)
        {
            // Array.Sort wraps what its comparison throws.
            throw mistake;
        }

        var sorted = new ListValue(keyed.Length);
        foreach (var (_, place) in keyed)
        {
            sorted.Add(list[place]);
        }

        return Value.Of(sorted);
    }

    static ListValue Only(Value value)
    {
        var list = new ListValue(1);
        list.Add(value);
        return list;
    }

    static int Compare(Run run, (Value Key, int Place) x, (Value Key, int Place) y, Syntax.Node at)
    {
        run.Step(at);
        if (x.Key.IsNull || y.Key.IsNull)
        {
            return x.Key.IsNull == y.Key.IsNull ? x.Place.CompareTo(y.Place) : x.Key.IsNull ? -1 : 1;
        }

        return Ordering.TryCompare(run, x.Key, y.Key, at, out var order)
            ? order != 0 ? order : x.Place.CompareTo(y.Place)
            : throw RenderProblems.NotSortable(at, x.Key, y.Key);
    }

    /// <summary>A member by its exact name, else by a path with dots; null if it is not there.</summary>
    public static Value MemberOf(Arguments a, Value owner, string name)
    {
        a.Run.Step(a.Node);
        if (owner.IsNull)
        {
            return Value.Null;
        }

        if (Members.TryGet(a.Run, owner, name, out var value))
        {
            return value;
        }

        if (!name.Contains('.', StringComparison.Ordinal))
        {
            return owner.Reference is TemplateRow row
                ? throw RenderProblems.UnknownColumn(a.At(1), a.At(1).Start, row, name)
                : Value.Null;
        }

        var parts = name.Split('.', 51);
        a.Run.Charge(parts.Length, a.Node);
        foreach (var part in parts)
        {
            owner = !owner.IsNull && Members.TryGet(a.Run, owner, part, out var next) ? next : Value.Null;
        }

        return owner;
    }

    public static Value Unique(Arguments a)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var unique = new ListValue();
        foreach (var item in Elements.Copy(a.Run, a[0], a.At(0)).Items)
        {
            if (!Contains(a, unique, item))
            {
                a.Run.AddTo(unique, item, a.Node);
            }
        }

        return Value.Of(unique);
    }

    static bool Contains(Arguments a, ListValue list, Value item)
    {
        foreach (var other in list.Items)
        {
            a.Run.Step(a.Node);
            if (Equality.AreEqual(a.Run, other, item, a.Node))
            {
                return true;
            }
        }

        return false;
    }
}
