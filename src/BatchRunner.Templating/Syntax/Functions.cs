using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>A parameter of a function: its name, its slot, and what it is if nobody gives it.</summary>
readonly record struct Parameter(string Name, int Slot, Expression? Default, bool IsRest);

/// <summary>A function of the template: what it takes and what it does.</summary>
sealed class FunctionBody : Node
{
    public required string Name { get; init; }

    /// <summary>Null for a function that takes anything as <c>$</c>.</summary>
    public Parameter[]? Parameters { get; init; }

    public required Block Body { get; init; }

    /// <summary>A function made by <c>do</c>: it sees the names of the call it was made in.</summary>
    public bool IsAnonymous { get; init; }

    public int NameCount { get; init; }

    public int LocalCount { get; init; }
}

/// <summary><c>do … end</c> as a value; in parentheses it is called at once.</summary>
sealed class AnonymousFunction(FunctionBody body) : Expression
{
    public override Value Evaluate(Run run) =>
        IsGrouped ? Calling.Call(run, new Function(body, run.Frame), [], this) : Peek(run);

    public override Value Peek(Run run)
    {
        run.Charge(2, this);
        return Value.Of(new Function(body, run.Frame));
    }
}

/// <summary><c>func f … end</c> and <c>f(x) = …</c>.</summary>
sealed class FunctionStatement(FunctionBody body, PathExpression target) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Charge(2, this);
        target.Assign(run, Value.Of(new Function(body, null)));
        return Flow.Next;
    }
}

/// <summary><c>ret</c>, with or without a value.</summary>
sealed class Return(Expression? value) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Returned = value is null ? Value.Null : value.Evaluate(run);
        return Flow.Return;
    }
}

/// <summary><c>wrap f a … end</c>: calls a function that may run the block by <c>$$</c>.</summary>
sealed class Wrap(Call call, Block block) : Statement
{
    public override Flow Execute(Run run)
    {
        var callee = call.Callee.Peek(run);
        if (callee.Reference is not Function { Body: not null } function)
        {
            throw RenderProblems.NotCallable(call, call.Callee, callee);
        }

        var given = new GivenArguments();
        foreach (var argument in call.Arguments)
        {
            var value = argument.Expression.Evaluate(run);
            if (argument.Name is null)
            {
                given.Positional.Add(value);
            }
            else
            {
                given.AddNamed(argument.Name, value, argument.NameStart);
            }
        }

        var result = Calling.Call(run, function, given, call, block);
        Printer.Print(run, result, call);
        return Flow.Next;
    }
}

/// <summary><c>$$</c>: runs the block behind <c>wrap</c>, with the names of the place it was written in.</summary>
sealed class WrappedBlock : Statement
{
    public override Flow Execute(Run run)
    {
        var frame = run.Frame;
        if (frame.Wrapped is not { } block)
        {
            throw RenderProblems.NoWrappedBlock(this);
        }

        run.Enter(this);
        run.Frame = frame.WrappedFrame ?? frame;
        var flow = block.Execute(run);
        run.Frame = frame;
        run.Leave();
        return flow == Flow.Return ? Flow.Return : Flow.Next;
    }
}
