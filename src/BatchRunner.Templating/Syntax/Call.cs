using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>One argument of a call as it was written.</summary>
readonly record struct Argument(Expression Expression, string? Name, int NameStart, bool IsExpanded);

/// <summary>A call: <c>f a b</c>, <c>f(a, b)</c> or <c>a | f b</c>, where what is piped is the first argument.</summary>
sealed class Call : Expression
{
    readonly bool isPlain;

    public Call(Expression callee, Argument[] arguments)
    {
        Callee = callee;
        Arguments = arguments;
        isPlain = Array.TrueForAll(arguments, a => a.Name is null && !a.IsExpanded);
    }

    public Expression Callee { get; }

    public Argument[] Arguments { get; }

    /// <summary>The first argument was piped in.</summary>
    public bool IsPipe { get; set; }

    public override Value Evaluate(Run run)
    {
        run.Step(this);
        var callee = Callee.Peek(run);
        if (callee.Reference is not Function function)
        {
            throw RenderProblems.NotCallable(this, Callee, callee);
        }

        return isPlain && function.Builtin is { } builtin ? CallPlain(run, builtin) : CallAny(run, function);
    }

    Value CallPlain(Run run, Functions.Builtin builtin)
    {
        var count = Arguments.Length;
        if (count > builtin.MaximumCount)
        {
            throw RenderProblems.TooManyArguments(this, Callee, builtin, count);
        }

        if (count < builtin.RequiredCount)
        {
            throw RenderProblems.MissingArgument(this, builtin, count);
        }

        var size = Math.Max(count, builtin.Parameters.Length);
        var mark = run.Reserve(size, this);
        for (var i = 0; i < count; i++)
        {
            run.SetReserved(mark + i, Arguments[i].Expression.Evaluate(run));
        }

        var result = builtin.Body(new(run, run.Reserved(mark, size), this));
        run.Release(mark, size);
        return result;
    }

    Value CallAny(Run run, Function function)
    {
        var given = new GivenArguments();
        foreach (var argument in Arguments)
        {
            var value = argument.Expression.Evaluate(run);
            if (argument.Name is not null)
            {
                given.AddNamed(argument.Name, value, argument.NameStart);
            }
            else if (argument.IsExpanded)
            {
                var count = Elements.Count(value) ?? throw RenderProblems.NotAList(argument.Expression, value);
                run.ChargeList(count + given.Positional.Count, this);
                for (var i = 0; i < count; i++)
                {
                    given.Positional.Add(Elements.At(value, i));
                }
            }
            else
            {
                given.Positional.Add(value);
            }
        }

        return Calling.Call(run, function, given, this);
    }

    /// <summary>The expression behind an argument, for the place of a mistake; the call itself if there is none.</summary>
    public Node ArgumentAt(int index) => index < Arguments.Length ? Arguments[index].Expression : this;
}

/// <summary>Arguments whose number or names are only known when they are evaluated.</summary>
sealed class GivenArguments
{
    public ListValue Positional { get; } = new();

    public List<(string Name, Value Value, int Start)>? Named { get; private set; }

    public void AddNamed(string name, Value value, int start) => (Named ??= []).Add((name, value, start));
}
