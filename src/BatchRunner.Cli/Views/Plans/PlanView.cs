using System.Globalization;
using BatchRunner.Cli.Text;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>A plan as a table for people: every job, what a run would do with it and why, and what that costs.</summary>
sealed class PlanView(Voice voice)
{
    /// <summary>The table, then the totals.</summary>
    public void Write(Plan plan)
    {
        voice.Answer(Title(plan));
        voice.Answer("");
        var selected = plan.Jobs.Where(job => job.IsSelected).ToList();
        var images = selected.ConvertAll(job => SourceImage.Of(job.Spec, plan.Batch.Manifest.Folder) ?? "-");
        var isOne = images.Distinct(StringComparer.Ordinal).Count() <= 1;
        string[] columns = ["~job", "~what", ">credits", "?model", "?ratio", "?>seconds", "~image", "prompt"];
        var jobs = new Table([.. columns.Where(column => !isOne || column != "~image")]);
        foreach (var (job, image) in selected.Zip(images))
        {
            var spec = job.Spec;
            string[] before =
            [
                spec.Id, What(job), job.WillSubmit ? Credits(spec.EstimatedCredits) : "-", spec.Model, spec.Ratio ?? "",
                spec.Duration?.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
            ];
            jobs.Add([.. before, .. isOne ? Array.Empty<string>() : [image], spec.Prompt ?? ""]);
        }

        Answer(jobs);
        voice.Answer("");
        if (isOne && images is [not "-" and var common, ..])
        {
            voice.Answer($"image: {SafeText.Line(common)}");
            voice.Answer("");
        }

        Answer(Totals(plan));
        WriteNotes(plan);
    }

    /// <summary>Such as "product-ab: 2 templates x 10 message x 2 format = 40 jobs".</summary>
    public static string Title(Plan plan)
    {
        var batch = plan.Batch;
        var axes = batch.Axes.Select(axis => $"{axis.Rows} {SafeText.Line(axis.Name)}");
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
        var paid = plan.Jobs.Where(job => job.WillSubmit).ToList();
        foreach (var arm in paid.GroupBy(job => job.Spec.Template).Where(arm => arm.Key is not null))
        {
            Add(totals, arm.Key ?? "", [.. arm]);
        }

        Add(totals, "total", paid);
        return totals;
    }

    /// <summary>What the table does not say.</summary>
    public static IEnumerable<string> Notes(Plan plan)
    {
        foreach (var (action, text) in new[]
        {
            (PlanAction.Kept, "done already and kept"),
            (PlanAction.PickedUp, "under way and picked up, not paid again"),
            (PlanAction.Unknown, "unknown: possibly charged, and not sent again"),
            (PlanAction.Failed, "failed; `--only failed` submits them again"),
            (PlanAction.Cancelled, "cancelled; `--only cancelled` submits them again"),
            (PlanAction.Screened, "stopped by screening"),
            (PlanAction.Shared, "shared with a job of the same request"),
        })
        {
            if (plan.Jobs.Count(job => job.IsSelected && job.Action == action) is > 0 and var count)
            {
                yield return $"{Figures.Count(count, "job")} {text}";
            }
        }

        if (plan.Orphans.Count > 0)
        {
            yield return $"{Figures.Count(plan.Orphans.Count, "job")} orphaned: no row asks for them any more, their files stay";
        }

        if (plan.Moves.Count > 0)
        {
            yield return $"{Figures.Count(plan.Moves.Count, "file")} get another name first";
        }

        if (plan.Leaving.Count > 0)
        {
            yield return $"{Figures.Count(plan.Leaving.Count, "file")} move to superseded{Path.DirectorySeparatorChar} when their replacement has been made";
        }

        if (plan.UnpricedCount > 0)
        {
            yield return $"{Figures.Count(plan.UnpricedCount, "job")} without a known price are not in the total";
        }

        if (plan.Journal.Spent + plan.Journal.Reserved > 0)
        {
            yield return $"{Figures.Price(plan.Journal.Spent)} spent in this folder before, {Figures.Credits(plan.Journal.Reserved)} reserved";
        }

        if (plan.Batch.Manifest.Limits.MaxCredits is { } cap)
        {
            var left = cap - plan.Journal.Spent - plan.Journal.Reserved;
            yield return plan.Credits > left
                ? $"`max_credits` is {Figures.Number(cap)}: a run stops {Figures.Credits(plan.Credits - left)} before the end of this plan"
                : $"`max_credits` is {Figures.Number(cap)}: {Figures.Credits(left - plan.Credits)} left after this plan";
        }
    }

    void WriteNotes(Plan plan)
    {
        var notes = Notes(plan).ToList();
        if (notes.Count > 0)
        {
            voice.Answer("");
        }

        foreach (var note in notes)
        {
            voice.Answer(note);
        }
    }

    void Answer(Table table)
    {
        foreach (var line in table.Lines(voice.AnswerWidth))
        {
            voice.Answer(line);
        }
    }

    static void Add(Table totals, string name, List<PlannedJob> jobs)
    {
        var credits = jobs.Sum(job => job.Spec.EstimatedCredits ?? 0);
        totals.Add(name, Figures.Number(jobs.Count), Figures.Number(credits), Figures.Dollars(credits));
    }

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
        PlanAction.New or PlanAction.Kept => PlanWords.Of(job.Action),
        PlanAction.Failed or PlanAction.Cancelled => job.Why,
        _ => $"{PlanWords.Of(job.Action)}: {job.Why}",
    };

    static string Credits(decimal? credits) => credits is { } known ? Figures.Number(known) : "?";
}
