using BatchRunner.Expansion.Templates;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Matrices;

/// <summary>What a condition says of a combination.</summary>
enum Verdict : byte
{
    No,
    Yes,

    /// <summary>It can't be said alone: one written before it may drop the combination first.</summary>
    Undecided,
}

/// <summary>One operand of `where`'s `&amp;&amp;`, asked as soon as the axes it reads are bound.</summary>
sealed class Condition
{
    readonly Template expression;
    readonly Renderer renderer;
    readonly CancellationToken cancel;

    public Condition(
        Template expression, IReadOnlyList<MatrixAxis> axes, IReadOnlyList<Dimension> dimensions, Renderer renderer, CancellationToken cancel)
    {
        this.expression = expression;
        this.renderer = renderer;
        this.cancel = cancel;
        var reads = DimensionsRead(expression, axes, dimensions);
        At = reads.Count == 0 ? -1 : reads.Max;
        IsLocal = reads.Count < 2;
        if (expression.Equality is var (left, right) && !IsLocal)
        {
            var leftReads = DimensionsRead(left, axes, dimensions);
            var rightReads = DimensionsRead(right, axes, dimensions);
            Join = leftReads.Count == 1 && leftReads.Max == At && !rightReads.Contains(At) ? new Join(left, right)
                : rightReads.Count == 1 && rightReads.Max == At && !leftReads.Contains(At) ? new Join(right, left)
                : null;
        }
    }

    /// <summary>The dimension that binds the last of what it reads; -1 if it reads none.</summary>
    public int At { get; }

    /// <summary>It reads one dimension only: it is asked once for each of its values.</summary>
    public bool IsLocal { get; }

    /// <summary>It compares something of its last dimension with something of earlier ones.</summary>
    public Join? Join { get; }

    /// <summary>Asks it of what is bound.</summary>
    public Verdict Ask() => Answer().Value switch
    {
        true => Verdict.Yes,
        false => Verdict.No,
        _ => Verdict.Undecided,
    };

    /// <summary>Its answer, which may be a problem or no truth value.</summary>
    public TemplateResult Answer() => expression.Evaluate(renderer.Model, cancel);

    public Template Expression => expression;

    static SortedSet<int> DimensionsRead(Template template, IReadOnlyList<MatrixAxis> axes, IReadOnlyList<Dimension> dimensions)
    {
        var read = new SortedSet<int>();
        foreach (var name in template.Reads.Select(read => read.Name))
        {
            for (var d = 0; d < dimensions.Count; d++)
            {
                if (dimensions[d].Axes.Any(axis => axes[axis].Name == name))
                {
                    read.Add(d);
                }
            }
        }

        return read;
    }
}
