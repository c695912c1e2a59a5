using BatchRunner.Expansion.Shelving;

namespace BatchRunner.Planning;

/// <summary>What a plan comes to along one axis: for each of its labels what will be submitted, and for how much.</summary>
/// <param name="Axis">`template`, or the name of a variable.</param>
/// <param name="Count">How many labels there are.</param>
/// <param name="Labels">In plan order; labels with nothing to submit are not among them.</param>
sealed record PlanTotals(string Axis, int Count, IEnumerable<LabelTotal> Labels)
{
    /// <summary>The name of the axis of arms.</summary>
    public const string Template = "template";

    /// <summary>Along every axis, `template` first; axes along which nothing is submitted are not among them.</summary>
    public static IReadOnlyList<PlanTotals> Of(Plan plan)
    {
        var axes = Axes(plan);
        foreach (var (axis, label, job) in Submitted(plan, axis => axes.Exists(one => one.Name == axis && one.IsRepeated)))
        {
            axes.Find(one => one.Name == axis)?.Add(label, job);
        }

        return [.. axes.Select(axis => axis.IsRepeated
            ? new PlanTotals(axis.Name, axis.Labels.Count, axis.Labels)
            : new PlanTotals(axis.Name, axis.Jobs, Submitted(plan, name => name == axis.Name).Select(one => default(LabelTotal).With(one.Label, one.Job))))];
    }

    /// <summary>By template; empty if the manifest has none.</summary>
    public static IReadOnlyList<LabelTotal> ByTemplate(Plan plan)
    {
        var arms = new AxisTally(Template);
        foreach (var (_, label, job) in Submitted(plan, axis => axis == Template))
        {
            arms.Add(label, job);
        }

        return arms.Labels;
    }

    // Where each label has one job, as the rows of a long sheet do, no label need be held to be counted.
    static List<AxisTally> Axes(Plan plan)
    {
        var axes = new List<AxisTally> { new(Template) };
        foreach (var (name, label, job) in Submitted(plan, _ => true))
        {
            if (axes.Find(one => one.Name == name) is not { } axis)
            {
                axes.Add(axis = new AxisTally(name));
            }

            axis.Look(label, job);
        }

        return [.. axes.Where(axis => axis.Jobs > 0)];
    }

    static IEnumerable<(string Axis, string Label, PlannedJob Job)> Submitted(Plan plan, Func<string, bool> isMeant)
    {
        foreach (var job in plan.Jobs.Where(job => job.WillSubmit))
        {
            var spec = job.Spec;
            if (spec.Template is { Length: > 0 } arm && isMeant(Template))
            {
                yield return (Template, arm, job);
            }

            foreach (var row in spec.Rows.Where(row => isMeant(row.Axis)))
            {
                yield return (row.Axis, row.Label, job);
            }
        }
    }

    /// <summary>The labels of one axis so far.</summary>
    sealed class AxisTally(string name)
    {
        readonly List<PlannedJob> looked = [];
        HashIndex index = new(0);

        public string Name { get; } = name;

        public List<LabelTotal> Labels { get; } = [];

        public bool IsRepeated { get; private set; }

        public int Jobs { get; private set; }

        public void Look(string label, PlannedJob job)
        {
            Jobs++;
            if (IsRepeated)
            {
                return;
            }

            looked.Add(job);
            IsRepeated = !index.TryAdd(Hash(label), looked.Count - 1, other => LabelOf(looked[other]) == label, out _);
            if (IsRepeated)
            {
                looked.Clear();
                looked.TrimExcess();
                index = new HashIndex(0);
            }
        }

        public void Add(string label, PlannedJob job)
        {
            if (index.TryAdd(Hash(label), Labels.Count, other => Labels[other].Label == label, out var at))
            {
                Labels.Add(default);
            }

            Labels[at] = Labels[at].With(label, job);
        }

        static int Hash(string label) => label.GetHashCode(StringComparison.Ordinal);

        string? LabelOf(PlannedJob job) =>
            Name == Template ? job.Spec.Template : job.Spec.Rows.FirstOrDefault(row => row.Axis == Name)?.Label;
    }
}

/// <summary>A label's part of a plan.</summary>
/// <param name="Label">The arm's or row's.</param>
/// <param name="Jobs">To submit.</param>
/// <param name="Credits">The most they may cost.</param>
/// <param name="Unpriced">Those of them without a known price, which count nothing.</param>
readonly record struct LabelTotal(string Label, int Jobs, decimal Credits, int Unpriced)
{
    /// <summary>With one more job.</summary>
    public LabelTotal With(string label, PlannedJob job) => new(
        label, Jobs + 1, Credits + (job.EstimatedCredits ?? 0), Unpriced + (job.EstimatedCredits is null ? 1 : 0));
}
