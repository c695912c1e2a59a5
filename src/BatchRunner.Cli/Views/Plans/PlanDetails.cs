using BatchRunner.Cli.Text;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>What stands below a plan's jobs: totals along its axes, what changed in which request, and what no row asks for.</summary>
static class PlanDetails
{
    /// <summary>So many lines of a kind, at most; `--json` has all.</summary>
    public const int Most = 20;

    /// <summary>Axes whose totals say more than the jobs do: several jobs have one label. `template` the plan's totals have.</summary>
    public static IEnumerable<PlanTotals> Telling(Plan plan) =>
        PlanTotals.Of(plan).Where(axis => axis is { Axis: not PlanTotals.Template, Count: > 1 } && axis.Count < plan.SubmitCount);

    /// <summary>A table for each of them.</summary>
    public static IEnumerable<Table> Axes(Plan plan)
    {
        foreach (var axis in Telling(plan))
        {
            var table = new Table(axis.Axis, ">to submit", ">credits", ">dollars");
            foreach (var label in axis.Labels.Take(Most))
            {
                Add(table, label.Label, label);
            }

            if (axis.Labels.Skip(Most).ToList() is { Count: > 0 } rest)
            {
                Add(table, $"and {Figures.Number(rest.Count)} more", new LabelTotal(
                    "", rest.Sum(label => label.Jobs), rest.Sum(label => label.Credits), rest.Sum(label => label.Unpriced)));
            }

            yield return table;
        }
    }

    /// <summary>A line for each field that changed.</summary>
    public static IEnumerable<string> Changes(Plan plan) => Told(
        [.. plan.Jobs.Where(job => job.IsSelected).SelectMany(job => job.Changes.Select(change => (job.Spec.Id, change)))],
        one => $"changed   {SafeText.Line(one.Id)}: {ChangeWords.Of(one.change)}");

    /// <summary>A line for each job that no row asks for any more.</summary>
    public static IEnumerable<string> Orphans(Plan plan) => Told(
        plan.Orphans, orphan => $"{PlanWords.Orphaned}  {SafeText.Line(orphan.Spec.Id)}: {Cost(orphan)}"
            + (orphan.State.HoldsSlot ? ", and its task is at Runway: only a run of the folder itself collects it" : "")
            + string.Concat(orphan.State.Files.Select(file => $", {SafeText.Line(file.Path)} stays")));

    static string Cost(JournaledJob job) => job.State.Reserved > 0
        ? $"{Figures.Credits(job.State.Spent)} spent, {Figures.Credits(job.State.Reserved)} reserved"
        : $"{Figures.Credits(job.State.Spent)} spent";

    static IEnumerable<string> Told<T>(IReadOnlyList<T> all, Func<T, string> line)
    {
        foreach (var one in all.Take(Most))
        {
            yield return line(one);
        }

        if (all.Count > Most)
        {
            yield return $"and {Figures.Number(all.Count - Most)} more; `--json` has all";
        }
    }

    static void Add(Table table, string name, LabelTotal total) => table.Add(
        name, Figures.Number(total.Jobs), Figures.Number(total.Credits), Figures.Dollars(total.Credits));
}
