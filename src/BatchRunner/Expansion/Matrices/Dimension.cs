using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Matrices;

/// <summary>What varies as one: an axis, or several that are zipped.</summary>
sealed class Dimension(IReadOnlyList<int> axes, int count)
{
    /// <summary>Positions in the list of axes.</summary>
    public IReadOnlyList<int> Axes { get; } = axes;

    public int Count { get; } = count;

    /// <summary>Axes in order, zipped ones where the first of them stands; null if a problem was told.</summary>
    public static IReadOnlyList<Dimension>? Of(IReadOnlyList<MatrixAxis> axes, Matrix matrix, DiagnosticBag problems)
    {
        var before = problems.Count;
        var groupOf = new ZipGroup?[axes.Count];
        foreach (var group in matrix.Zip)
        {
            Tie(group, axes, groupOf, problems);
        }

        if (problems.Count > before)
        {
            return null;
        }

        var dimensions = new List<Dimension>();
        for (var i = 0; i < axes.Count; i++)
        {
            if (groupOf[i] is not { } group)
            {
                dimensions.Add(new Dimension([i], axes[i].Labels.Count));
            }
            else if (Array.IndexOf(groupOf, group) == i)
            {
                var tied = Enumerable.Range(0, axes.Count).Where(a => ReferenceEquals(groupOf[a], group)).ToList();
                dimensions.Add(new Dimension(tied, axes[i].Labels.Count));
            }
        }

        return dimensions;
    }

    /// <summary>Makes one of its values the one templates read.</summary>
    public void Bind(IReadOnlyList<MatrixAxis> axes, Renderer renderer, int index, int[] combination)
    {
        foreach (var axis in Axes)
        {
            combination[axis] = index;
            axes[axis].Bind(renderer, index);
        }
    }

    static void Tie(ZipGroup group, IReadOnlyList<MatrixAxis> axes, ZipGroup?[] groupOf, DiagnosticBag problems)
    {
        (MatrixAxis Axis, ScalarNode Node)? first = null;
        foreach (var node in group.Axes)
        {
            // That there is such an axis, zipped once, has been seen to when the manifest was read.
            var index = axes.ToList().FindIndex(axis => axis.Name == node.Text);
            groupOf[index] = group;
            first ??= (axes[index], node);
            if (axes[index].Labels.Count != first.Value.Axis.Labels.Count)
            {
                problems.Add(MatrixProblems.ZipLengths(node, axes[index], first.Value.Axis));
            }
        }
    }
}
