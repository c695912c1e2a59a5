using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Values;

/// <summary>Something that can be called: a built-in, or a function of the template with the scope it was made in.</summary>
sealed class Function
{
    public Function(Builtin builtin) => Builtin = builtin;

    public Function(FunctionBody body, Frame? outer)
    {
        Body = body;
        Outer = outer;
    }

    public Builtin? Builtin { get; }

    public FunctionBody? Body { get; }

    /// <summary>The call an anonymous function was made in: it still sees that call's names.</summary>
    public Frame? Outer { get; }

    public string Name => Builtin?.FullName ?? Body?.Name ?? "";
}
