using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Matrices;

/// <summary>The combinations `exclude` drops. Naming an axis or a row that isn't there is a mistake.</summary>
sealed class Exclusions
{
    readonly List<List<(int Axis, bool[] Matches)>> all = [];

    public Exclusions(Matrix matrix, IReadOnlyList<MatrixAxis> axes, DiagnosticBag problems)
    {
        foreach (var exclusion in matrix.Exclude)
        {
            all.Add([.. exclusion.Axes.Select(named => Matching(named, axes, problems))]);
        }
    }

    public bool Any => all.Count > 0;

    public bool Drops(int[] combination) =>
        all.Exists(one => one.Count > 0 && one.TrueForAll(axis => axis.Matches[combination[axis.Axis]]));

    static (int Axis, bool[] Matches) Matching(ExcludedAxis named, IReadOnlyList<MatrixAxis> axes, DiagnosticBag problems)
    {
        // That there is such an axis has been seen to when the manifest was read.
        var index = axes.ToList().FindIndex(axis => axis.Name == named.Axis);
        var labels = axes[index].Labels;
        var matches = new bool[labels.Count];
        foreach (var label in named.Labels)
        {
            var wanted = Slug.Folded(Slug.Cleaned(label.Text));
            var row = labels.ToList().FindIndex(have => Slug.Folded(Slug.Cleaned(have)) == wanted);
            if (row < 0)
            {
                problems.Add(MatrixProblems.UnknownLabel(label, axes[index]));
            }
            else
            {
                matches[row] = true;
            }
        }

        return (index, matches);
    }
}
