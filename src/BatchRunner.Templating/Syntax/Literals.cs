using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>A number, a text, true, false or null as it was written.</summary>
sealed class Literal(Value value) : Expression
{
    public Value Value => value;

    public bool IsEmptyText => value.Reference is string { Length: 0 };

    public override Value Evaluate(Run run) => value;
}

/// <summary>A text with expressions in it: <c>$"{name} has {n}"</c>.</summary>
sealed class Interpolation(Expression[] parts) : Expression
{
    public override Value Evaluate(Run run)
    {
        run.Step(this);
        var values = run.Reserve(parts.Length, this);
        for (var i = 0; i < parts.Length; i++)
        {
            run.ReadRow = null;
            var value = parts[i].Evaluate(run);
            run.NoteIfBlank(parts[i], value);
            run.SetReserved(values + i, value);
        }

        // Only now: what a part prints while it is evaluated comes before the text.
        var mark = run.Output.Length;
        for (var i = 0; i < parts.Length; i++)
        {
            Printer.Print(run, run.Reserved(values, parts.Length)[i], parts[i]);
        }

        run.Release(values, parts.Length);
        return run.TakeSince(mark, this);
    }
}

/// <summary>A list as it was written: <c>[1, 2]</c>.</summary>
sealed class ListLiteral(Expression[] items) : Expression
{
    public override Value Evaluate(Run run)
    {
        run.ChargeList(items.Length, this);
        var list = new ListValue(items.Length);
        foreach (var item in items)
        {
            list.Add(item.Evaluate(run));
        }

        return Value.Of(list);
    }
}

/// <summary>An object as it was written: <c>{ a: 1 }</c>.</summary>
sealed class MapLiteral((string Name, Expression Value)[] members) : Expression
{
    public override Value Evaluate(Run run)
    {
        run.Charge(6 + (members.Length * 2L), this);
        var map = new MapValue();
        foreach (var (name, value) in members)
        {
            map[name] = value.Evaluate(run);
        }

        return Value.Of(map);
    }
}
