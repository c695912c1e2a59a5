using System.Globalization;
using BatchRunner.Cli.Text;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>A plan as a table for people: every job, what a run would do with it and why, and what that costs.</summary>
sealed class PlanView(Voice voice)
{
    /// <summary>In the place of a table of prices that would be empty.</summary>
    public const string NothingToPay = "nothing to pay: this plan submits no job";

    /// <summary>The table, the totals along every axis, what changed, what no row asks for, and notes.</summary>
    public void Write(PlanFacts facts)
    {
        var plan = facts.Plan;
        voice.Answer(Title(plan));
        voice.Answer("");
        var selected = plan.Jobs.Where(job => job.IsSelected);
        var images = selected.Select(job => SourceImage.Of(job.Spec, plan.Batch.Manifest.Folder) ?? "-").Distinct(StringComparer.Ordinal).Take(2).ToList();
        var isOne = images.Count <= 1;
        string[] columns = ["~job", "~what", ">credits", "?model", "?ratio", "?>seconds", "~image", "prompt"];
        var jobs = new Table([.. columns.Where(column => !isOne || column != "~image")]);
        foreach (var job in selected)
        {
            var spec = job.Spec;
            string[] before =
            [
                spec.Id, What(job), job.WillSubmit ? Credits(spec.EstimatedCredits) : "-", spec.Model, spec.Ratio ?? "",
                spec.Duration?.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
            ];
            jobs.Add([.. before, .. isOne ? Array.Empty<string>() : [SourceImage.Of(spec, plan.Batch.Manifest.Folder) ?? "-"], spec.Prompt ?? ""]);
        }

        Answer(jobs);
        voice.Answer("");
        if (isOne && images is [not "-" and var common, ..])
        {
            voice.Answer($"image: {SafeText.Line(common)}");
            voice.Answer("");
        }

        if (plan.SubmitCount > 0)
        {
            Answer(Totals(plan));
        }
        else
        {
            voice.Answer(NothingToPay);
        }

        foreach (var axis in PlanDetails.Axes(plan))
        {
            voice.Answer("");
            Answer(axis);
        }

        Answer(PlanDetails.Changes(plan));
        Answer(PlanDetails.Orphans(plan));
        Answer(PlanNotes.Of(facts));
    }

    /// <summary>Such as "product-ab: 2 templates x 10 message rows x 2 format rows, 40 jobs".</summary>
    public static string Title(Plan plan)
    {
        var batch = plan.Batch;
        var axes = batch.Axes.Select(axis => Figures.Count(axis.Rows ?? 0, SafeText.Line(axis.Name) + " row"));
        var arms = batch.Manifest.Arms.Count;
        var product = string.Join(" x ", arms > 0 ? axes.Prepend(Figures.Count(arms, "template")) : axes);
        var leftOut = LeftOut(plan);
        return $"{SafeText.Line(batch.Manifest.Name)}: {(product.Length > 0 ? product + ", " : "")}"
            + $"{(leftOut.Length > 0 ? leftOut + ", " : "")}{Figures.Count(batch.Jobs.Count, "job")}";
    }

    /// <summary>What a run of it comes to, by template, and in all.</summary>
    public static Table Totals(Plan plan)
    {
        var totals = new Table("template", ">to submit", ">credits", ">dollars");
        foreach (var arm in PlanTotals.ByTemplate(plan))
        {
            Add(totals, arm.Label, arm.Jobs, arm.Credits);
        }

        Add(totals, "total", plan.SubmitCount, plan.Credits);
        return totals;
    }

    void Answer(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            voice.Answer("");
        }

        foreach (var line in all)
        {
            voice.Answer(line, 2);
        }
    }

    void Answer(Table table) => voice.Answer(table.Lines(voice.AnswerWidth));

    static void Add(Table totals, string name, int jobs, decimal credits) =>
        totals.Add(name, Figures.Number(jobs), Figures.Number(credits), Figures.Dollars(credits));

    static string LeftOut(Plan plan)
    {
        var left = plan.Batch.LeftOut;
        var parts = new[] { (left.Where, "where"), (left.Exclude, "exclude"), (left.Zip, "zip"), (left.Takes, "takes: 0") }
            .Where(part => part.Item1 > 0)
            .Select(part => $"{Figures.Number(part.Item1)} by {part.Item2}")
            .ToList();
        return parts.Count == 0 ? "" : "left out " + string.Join(" and ", parts);
    }

    static string What(PlannedJob job) => job.Action switch
    {
        PlanAction.New or PlanAction.Kept or PlanAction.Left => PlanWords.Of(job),
        PlanAction.Failed or PlanAction.Cancelled => job.Why,
        _ => $"{PlanWords.Of(job)}: {ChangeWords.Why(job)}",
    };

    static string Credits(decimal? credits) => credits is { } known ? Figures.Number(known) : "?";
}
