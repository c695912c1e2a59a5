using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>What one call of a function holds: its arguments, its <c>$</c> variables and, with parameters, its names.</summary>
sealed class Frame
{
    /// <summary>Names of the nearest function with parameters, or null: then plain names are globals.</summary>
    public Value[]? Names { get; init; }

    /// <summary>Variables such as <c>$x</c>.</summary>
    public Value[] Locals { get; init; } = [];

    /// <summary>What <c>$</c> is.</summary>
    public ListValue? Arguments { get; set; }

    /// <summary>The block behind <c>wrap</c>, run by <c>$$</c>.</summary>
    public Block? Wrapped { get; set; }

    /// <summary>The call whose names the wrapped block sees.</summary>
    public Frame? WrappedFrame { get; set; }

    public static Value[] NewNames(int count)
    {
        if (count == 0)
        {
            return [];
        }

        var names = new Value[count];
        Array.Fill(names, Value.Unset);
        return names;
    }
}

/// <summary>Where a <c>for</c> or <c>while</c> is.</summary>
sealed class LoopPlace(LoopPlace? outer)
{
    public LoopPlace? Outer { get; } = outer;

    public long Index { get; set; }

    /// <summary>How many turns it will have; -1 if nobody knows.</summary>
    public long Length { get; set; } = -1;

    public bool HasChanged { get; set; }
}
