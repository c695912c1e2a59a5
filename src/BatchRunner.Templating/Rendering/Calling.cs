using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>Calls a function with arguments that are values already.</summary>
static class Calling
{
    public static Value Call(Run run, Function function, ReadOnlySpan<Value> arguments, Node at)
    {
        if (function.Builtin is not { } builtin)
        {
            var given = new GivenArguments();
            foreach (var argument in arguments)
            {
                given.Positional.Add(argument);
            }

            return CallBody(run, function, given, at, null);
        }

        if (arguments.Length > builtin.MaximumCount)
        {
            throw RenderProblems.TooManyArguments(at, at, builtin, arguments.Length);
        }

        if (arguments.Length < builtin.RequiredCount)
        {
            throw RenderProblems.MissingArgument(at, builtin, arguments.Length);
        }

        var size = Math.Max(arguments.Length, builtin.Parameters.Length);
        run.Enter(at);
        var mark = run.Reserve(size, at);
        for (var i = 0; i < arguments.Length; i++)
        {
            run.SetReserved(mark + i, arguments[i]);
        }

        var result = builtin.Body(new(run, run.Reserved(mark, size), at));
        run.Release(mark, size);
        run.Leave();
        return result;
    }

    public static Value Call(Run run, Function function, GivenArguments given, Node at, Block? wrapped = null) =>
        function.Builtin is { } builtin ? CallBuiltin(run, builtin, given, at) : CallBody(run, function, given, at, wrapped);

    static Value CallBuiltin(Run run, Builtin builtin, GivenArguments given, Node at)
    {
        var count = given.Positional.Count;
        if (count > builtin.MaximumCount)
        {
            throw RenderProblems.TooManyArguments(at, at, builtin, count);
        }

        var values = Frame.NewNames(Math.Max(count, builtin.Parameters.Length));
        given.Positional.Items.CopyTo(values);
        foreach (var (name, value, start) in given.Named ?? [])
        {
            var index = Array.IndexOf(builtin.Parameters, name);
            if (index < 0)
            {
                throw RenderProblems.UnknownArgument(start, name, builtin.FullName, builtin.Parameters);
            }

            values[index] = value;
        }

        for (var i = 0; i < builtin.RequiredCount; i++)
        {
            if (values[i].IsUnset)
            {
                throw RenderProblems.MissingArgument(at, builtin, i);
            }
        }

        return builtin.Body(new(run, values, at));
    }

    /// <summary>What the body prints goes to the output at once; its value is what it returns.</summary>
    static Value CallBody(Run run, Function function, GivenArguments given, Node at, Block? wrapped)
    {
        var body = function.Body!; // a function is a built-in or has a body
        run.Enter(at);
        run.Charge(given.Positional.Count + body.NameCount + body.LocalCount, at);
        var frame = new Frame
        {
            Names = body.Parameters is not null ? Frame.NewNames(body.NameCount) : function.Outer?.Names,
            Locals = Frame.NewNames(body.LocalCount),
            Wrapped = wrapped,
            WrappedFrame = wrapped is null ? null : run.Frame,
        };
        var caller = run.Frame;
        run.Frame = frame;
        frame.Arguments = body.Parameters is null ? Collect(run, given) : Bind(run, body, given, frame, at);
        run.Returned = Value.Null;
        var flow = body.Body.Execute(run);
        run.Frame = caller;
        run.Leave();
        var result = flow == Flow.Return ? run.Returned : Value.Null;
        run.Returned = Value.Null;
        return result;
    }

    static ListValue Collect(Run run, GivenArguments given)
    {
        if (given.Named is not null)
        {
            given.Positional.Members = new MapValue();
            foreach (var (name, value, _) in given.Named)
            {
                given.Positional.Members[name] = value;
            }
        }

        return given.Positional;
    }

    static ListValue Bind(Run run, FunctionBody body, GivenArguments given, Frame frame, Node at)
    {
        var parameters = body.Parameters!; // only called for functions that have them
        var names = frame.Names!; // as above
        var position = 0;
        var bound = new ListValue(parameters.Length);
        foreach (var parameter in parameters)
        {
            if (parameter.IsRest)
            {
                var rest = new ListValue();
                while (position < given.Positional.Count)
                {
                    rest.Add(given.Positional[position++]);
                }

                AddNamed(given, parameter.Name, rest);
                names[parameter.Slot] = Value.Of(rest);
            }
            else if (position < given.Positional.Count)
            {
                names[parameter.Slot] = given.Positional[position++];
            }
        }

        if (position < given.Positional.Count)
        {
            throw RenderProblems.TooManyArguments(at, body, given.Positional.Count);
        }

        foreach (var (name, value, start) in given.Named ?? [])
        {
            var parameter = Array.Find(parameters, p => p.Name == name);
            if (parameter.Name is null)
            {
                throw RenderProblems.UnknownArgument(start, name, body.Name, [.. parameters.Select(p => p.Name)]);
            }

            if (!parameter.IsRest)
            {
                names[parameter.Slot] = value;
            }
        }

        foreach (var parameter in parameters)
        {
            if (names[parameter.Slot].IsUnset)
            {
                names[parameter.Slot] = parameter.Default is null
                    ? throw RenderProblems.MissingArgument(at, body, parameter.Name)
                    : parameter.Default.Evaluate(run);
            }

            bound.Add(names[parameter.Slot]);
        }

        return bound;
    }

    static void AddNamed(GivenArguments given, string name, ListValue rest)
    {
        foreach (var named in given.Named ?? [])
        {
            if (named.Name == name)
            {
                rest.Add(named.Value);
            }
        }
    }
}
