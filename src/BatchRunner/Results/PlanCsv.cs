using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Planning;
using CsvHelper;

namespace BatchRunner.Results;

/// <summary>Writes a plan as CSV, for a spreadsheet or a script.</summary>
static class PlanCsv
{
    static readonly CsvWriterOptions Options = new() { NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture };

    static readonly string[] Before = ["job", "template"];

    static readonly string[] After =
    [
        "take", "what", "why", "changes", "endpoint", "model", "ratio", "duration", "image", "prompt", "estimated_credits", "key",
    ];

    /// <summary>Writes the jobs that are selected, then those no row asks for any more.</summary>
    public static void Write(Plan plan, TextWriter writer)
    {
        using var csv = CsvWriter.Create(writer, Options, leaveOpen: true);
        var axes = plan.Batch.Axes.Select(axis => axis.Name).ToList();
        foreach (var column in Before.Concat(axes.Select(Column)).Concat(After))
        {
            csv.WriteField(column);
        }

        csv.EndRecord();
        foreach (var job in plan.Jobs.Where(job => job.IsSelected))
        {
            Write(csv, axes, job.Spec, PlanWords.Of(job), job.Why, ChangesOf(job), plan.Batch.Manifest.Folder, job.WillSubmit ? job.EstimatedCredits : 0);
        }

        foreach (var orphan in plan.Orphans)
        {
            Write(csv, axes, orphan.Spec, PlanWords.Orphaned, PlanWords.WhyOrphaned, null, plan.Batch.Manifest.Folder, 0);
        }
    }

    static void Write(
        CsvWriter csv, List<string> axes, JobSpec spec, string what, string why, string? changes, string folder, decimal? credits)
    {
        Text(csv, spec.Id);
        Text(csv, spec.Template);
        foreach (var axis in axes)
        {
            Text(csv, spec.Rows.FirstOrDefault(row => row.Axis == axis)?.Label);
        }

        Number(csv, spec.Take);
        Text(csv, what);
        Text(csv, why);
        Text(csv, changes);
        Text(csv, spec.Endpoint);
        Text(csv, spec.Model);
        Text(csv, spec.Ratio);
        Number(csv, spec.Duration);
        Text(csv, SourceImage.Of(spec, folder));
        Text(csv, spec.Prompt);
        Number(csv, credits);
        Text(csv, spec.Key.Hex);
        csv.EndRecord();
    }

    static string? ChangesOf(PlannedJob job) => job.Changes.Count == 0 ? null
        : string.Join("; ", job.Changes.Select(change => $"{change.Field}: {change.Old ?? "nothing"} -> {change.New ?? "nothing"}"));

    // An axis may be called like one of our columns; two columns of one name would be read as one.
    static string Column(string axis) => Before.Contains(axis) || After.Contains(axis) ? $"axis.{axis}" : axis;

    static void Text(CsvWriter csv, string? text) => csv.WriteField(text is null ? null : FormulaGuard.Add(text));

    static void Number(CsvWriter csv, decimal? number) =>
        csv.WriteField(number?.ToString("0.############", CultureInfo.InvariantCulture));
}
