using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary>What a built-in does with its arguments.</summary>
delegate Value Body(Arguments a);

/// <summary>A built-in function: its name, what it takes, what it does.</summary>
sealed class Builtin
{
    /// <param name="name">Its name within its library.</param>
    /// <param name="parameters">Names in order; <c>?</c> behind those that may be left out, <c>...</c> behind one that takes the rest.</param>
    /// <param name="body">What it does.</param>
    public Builtin(string name, string parameters, Body body)
    {
        var names = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Name = name;
        FullName = name;
        Body = body;
        IsOpen = names.Length > 0 && names[^1].EndsWith("...", StringComparison.Ordinal);
        RequiredCount = names.Count(n => !n.EndsWith('?') && !n.EndsWith("...", StringComparison.Ordinal));
        Parameters = [.. names.Where(n => !n.EndsWith("...", StringComparison.Ordinal)).Select(n => n.TrimEnd('?'))];
        Usage = string.Join(' ', names.Select(n => $"<{n}>"));
    }

    public string Name { get; }

    public string FullName { get; private set; }

    public string[] Parameters { get; }

    public int RequiredCount { get; }

    public int MaximumCount => IsOpen ? int.MaxValue : Parameters.Length;

    public Body Body { get; }

    /// <summary>How it is called, for a hint.</summary>
    public string Usage { get; private set; }

    bool IsOpen { get; }

    public void JoinLibrary(string library)
    {
        FullName = library + "." + Name;
        Usage = $"it is called as `{FullName} {Usage}`";
    }
}

/// <summary>The arguments of one call of a built-in.</summary>
readonly ref struct Arguments(Run run, ReadOnlySpan<Value> values, Node at)
{
    readonly ReadOnlySpan<Value> values = values;

    public Run Run => run;

    public Node Node => at;

    public int Count => values.Length;

    public Value this[int index] => index < values.Length && !values[index].IsUnset ? values[index] : Value.Null;

    public ReadOnlySpan<Value> From(int index) => index < values.Length ? values[index..] : [];

    /// <summary>Where an argument stands.</summary>
    public Node At(int index) => at is Call call ? call.ArgumentAt(index) : at;

    public string Text(int index) => Printer.ToText(run, this[index], At(index));

    public string TextOr(int index, string otherwise) => this[index].IsNull ? otherwise : Text(index);

    public long Integer(int index) => Elements.ToInteger(this[index], At(index));

    public long IntegerOr(int index, long otherwise) => this[index].IsNull ? otherwise : Integer(index);

    /// <summary>A text that was made, checked against the limit and paid for.</summary>
    public Value Made(string text)
    {
        run.ChargeText(text.Length, at);
        return Value.Of(text);
    }

    public Function Function(int index) =>
        this[index].Reference as Function ?? throw RenderProblems.NotAFunction(At(index), this[index]);
}
