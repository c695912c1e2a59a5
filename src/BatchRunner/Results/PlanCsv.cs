using System.Globalization;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Planning;
using CsvHelper;

namespace BatchRunner.Results;

/// <summary>Writes a plan as CSV, for a spreadsheet or a script.</summary>
static class PlanCsv
{
    static readonly CsvWriterOptions Options = new() { NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture };

    static readonly string[] Columns =
    [
        "job", "template", "take", "what", "why", "endpoint", "model", "ratio", "duration", "image", "prompt",
        "estimated_credits", "key",
    ];

    /// <summary>Writes the jobs that are selected.</summary>
    public static void Write(Plan plan, TextWriter writer)
    {
        using var csv = CsvWriter.Create(writer, Options, leaveOpen: true);
        foreach (var column in Columns)
        {
            csv.WriteField(column);
        }

        csv.EndRecord();
        foreach (var job in plan.Jobs.Where(job => job.IsSelected))
        {
            Text(csv, job.Spec.Id);
            Text(csv, job.Spec.Template);
            Number(csv, job.Spec.Take);
            Text(csv, PlanWords.Of(job.Action));
            Text(csv, job.Why);
            Text(csv, job.Spec.Endpoint);
            Text(csv, job.Spec.Model);
            Text(csv, job.Spec.Ratio);
            Number(csv, job.Spec.Duration);
            Text(csv, SourceImage.Of(job.Spec, plan.Batch.Manifest.Folder));
            Text(csv, job.Spec.Prompt);
            Number(csv, job.WillSubmit ? job.Spec.EstimatedCredits : 0);
            Text(csv, job.Spec.Key.Hex);
            csv.EndRecord();
        }
    }

    static void Text(CsvWriter csv, string? text) => csv.WriteField(text is null ? null : FormulaGuard.Add(text));

    static void Number(CsvWriter csv, decimal? number) =>
        csv.WriteField(number?.ToString("0.############", CultureInfo.InvariantCulture));
}
