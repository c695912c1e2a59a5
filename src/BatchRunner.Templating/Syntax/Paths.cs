using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>An expression that can stand for a function or be assigned: a variable, a member or an index.</summary>
abstract class PathExpression : Expression
{
    public sealed override Value Evaluate(Run run)
    {
        var value = Peek(run);
        return value.Reference is Function function ? Calling.Call(run, function, [], this) : value;
    }

    public abstract void Assign(Run run, Value value);

    public override Value EvaluateGuarded(Run run)
    {
        var value = PeekGuarded(run);
        return value.Reference is Function function ? Calling.Call(run, function, [], this) : value;
    }

    public virtual Value PeekGuarded(Run run) => Peek(run);
}

/// <summary>A plain name.</summary>
sealed class Variable(string name, int slot, int nameSlot) : PathExpression
{
    public string Name => name;

    /// <summary>The slot of the global.</summary>
    public int Slot => slot;

    /// <summary>The slot within the function it is mentioned in, or -1 outside of functions with parameters.</summary>
    public int NameSlot => nameSlot;

    public override Value Peek(Run run) => Whole(Find(run));

    /// <summary>What a row is when no column of it is asked for: itself, or the plain value it stands for.</summary>
    public static Value Whole(Value value) => value.Reference is TemplateRow { IsPlain: true } row ? Value.FromData(row.Value) : value;

    /// <summary>The value as the owner of a member, which a plain value has too: its name.</summary>
    public static Value Owner(Run run, Expression target, bool isGuarded) =>
        target is Variable variable && variable.Find(run) is var found && found.Reference is TemplateRow { IsPlain: true } ? found
        : isGuarded ? target.EvaluateGuarded(run)
        : target.Evaluate(run);

    Value Find(Run run)
    {
        run.ReadRow = null;
        if (nameSlot >= 0)
        {
            var own = run.Frame.Names![nameSlot]; // a variable with a name slot is only evaluated within its function
            if (!own.IsUnset)
            {
                return own;
            }
        }

        return run.ReadGlobal(this);
    }

    public override void Assign(Run run, Value value)
    {
        run.Step(this);
        if (nameSlot >= 0 && (!run.Frame.Names![nameSlot].IsUnset || !run.Exists(this))) // as above
        {
            run.Frame.Names[nameSlot] = value;
            return;
        }

        run.WriteGlobal(name, value, this);
    }
}

/// <summary>A variable of one call, such as <c>$x</c>.</summary>
sealed class LocalVariable(string name, int index) : PathExpression
{
    public int Index => index;

    public override Value Peek(Run run)
    {
        var value = run.Frame.Locals[index];
        return value.IsUnset ? throw RenderProblems.UnknownLocal(this, name) : value;
    }

    public override void Assign(Run run, Value value) => run.Frame.Locals[index] = value;
}

/// <summary>The arguments of the call: <c>$</c>, or one of them: <c>$0</c>.</summary>
sealed class ArgumentVariable(int index) : PathExpression
{
    public override Value Peek(Run run)
    {
        var arguments = run.Frame.Arguments;
        if (index < 0)
        {
            return Value.Of(arguments ?? new ListValue());
        }

        return arguments is not null && index < arguments.Count ? arguments[index] : Value.Null;
    }

    public override void Assign(Run run, Value value)
    {
        if (index < 0 || run.Frame.Arguments is not { } arguments || index >= run.Limits.ListLength)
        {
            throw RenderProblems.NotAssignable(this);
        }

        run.ChargeList(index + 1L, this);
        arguments.PadTo(index + 1);
        arguments[index] = value;
    }
}

/// <summary>The object the names belong to.</summary>
sealed class This : Expression
{
    public override Value Evaluate(Run run) => run.This;
}

/// <summary>A member by its name: <c>a.b</c>, or <c>a?.b</c>.</summary>
sealed class Member(Expression target, string name, int nameStart, bool isOptional) : PathExpression
{
    public Expression Target => target;

    public string Name => name;

    public int NameStart => nameStart;

    public bool IsOptional => isOptional;

    public override Value Peek(Run run) => Find(run, Variable.Owner(run, target, isOptional), isOptional);

    public override Value PeekGuarded(Run run) => Find(run, Variable.Owner(run, target, isOptional), isGuarded: true);

    Value Find(Run run, Value owner, bool isGuarded)
    {
        run.Step(this);
        if (owner.Reference is TemplateRow row)
        {
            run.ReadRow = row;
            var index = row.Columns.IndexOf(name);
            return index >= 0 ? Value.FromData(row.Values[index]) : throw RenderProblems.UnknownColumn(this, nameStart, row, name);
        }

        run.ReadRow = null;
        if (owner.IsNull)
        {
            return isOptional ? Value.Null : throw RenderProblems.MemberOfNull(this, target, name, nameStart);
        }

        return Members.TryGet(run, owner, name, out var value) ? value : Members.Missing(run, owner, name, this, nameStart, isGuarded);
    }

    public override void Assign(Run run, Value value) => Members.Set(run, target.Evaluate(run), name, value, this);
}

/// <summary>Whether a value holds nothing: <c>a.empty?</c>.</summary>
sealed class EmptyTest(Expression target) : Expression
{
    public override Value Evaluate(Run run) => Members.IsEmpty(target.Evaluate(run)) is { } isEmpty ? Value.Of(isEmpty) : Value.Null;
}

/// <summary>A member or element by a value: <c>a[i]</c>.</summary>
sealed class Indexer(Expression target, Expression index) : PathExpression
{
    public Expression Target => target;

    public Expression Key => index;

    public override Value Peek(Run run) => Get(run, Variable.Owner(run, target, isGuarded: false), isGuarded: false);

    public override Value PeekGuarded(Run run) => Get(run, Variable.Owner(run, target, isGuarded: true), isGuarded: true);

    Value Get(Run run, Value owner, bool isGuarded)
    {
        run.Step(this);
        var key = index.Evaluate(run);
        run.ReadRow = null;
        if (owner.IsNull)
        {
            throw RenderProblems.IndexOfNull(this, target);
        }

        if (key.IsText)
        {
            if (owner.Reference is TemplateRow row)
            {
                run.ReadRow = row;
                var column = row.Columns.IndexOf(key.Text);
                return column >= 0 ? Value.FromData(row.Values[column]) : throw RenderProblems.UnknownColumn(this, index.Start, row, key.Text);
            }

            return Members.TryGet(run, owner, key.Text, out var value) ? value
                : Members.Missing(run, owner, key.Text, this, index.Start, isGuarded);
        }

        return Elements.Get(run, owner, key, this, index, isGuarded);
    }

    public override void Assign(Run run, Value value)
    {
        var owner = target.Evaluate(run);
        var key = index.Evaluate(run);
        run.Step(this);
        if (key.IsText)
        {
            Members.Set(run, owner, key.Text, value, this);
        }
        else
        {
            Elements.Set(run, owner, key, value, this, index);
        }
    }
}

/// <summary>Where the nearest loop is: <c>for.index</c>.</summary>
sealed class LoopMember(bool isWhile, string name) : Expression
{
    public static IReadOnlyList<string> ForNames { get; } = ["index", "rindex", "first", "last", "even", "odd", "changed", "length"];

    public static IReadOnlyList<string> WhileNames { get; } = ["index", "first", "even", "odd"];

    public override Value Evaluate(Run run)
    {
        var place = isWhile ? run.While : run.For;
        if (place is null)
        {
            throw RenderProblems.OutsideOfLoop(this, isWhile);
        }

        return name switch
        {
            "index" => Value.Of(place.Index),
            "rindex" => Value.Of(place.Length - place.Index - 1),
            "first" => Value.Of(place.Index == 0),
            "last" => Value.Of(place.Index == place.Length - 1),
            "even" => Value.Of((place.Index & 1) == 0),
            "odd" => Value.Of((place.Index & 1) == 1),
            "changed" => Value.Of(place.HasChanged),
            _ => Value.Of(place.Length),
        };
    }
}
