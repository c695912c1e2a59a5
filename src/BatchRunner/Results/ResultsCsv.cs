using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Jobs;
using CsvHelper;

namespace BatchRunner.Results;

/// <summary>Writes a results table as CSV: RFC 4180 with LF, UTF-8, the same bytes for the same table anywhere.</summary>
static class ResultsCsv
{
    static readonly CsvWriterOptions Options = new() { NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture };

    static readonly string[] AfterAxes =
    [
        "take", "status", "model", "prompt", "ratio", "duration", "seed", "task_id", "attempts",
        "estimated_credits", "cost_credits", "queued_seconds", "running_seconds", "download_seconds",
        "submitted_at", "finished_at", "file", "bytes", "sha256", "failure_code", "failure", "next_step", "orphaned", "key",
    ];

    /// <summary>The header of a table with these axes.</summary>
    public static IReadOnlyList<string> Header(IReadOnlyList<Axis> axes) =>
    [
        "job",
        "template",
        .. axes.Select(axis => LabelColumn(axis.Name)),
        .. axes.SelectMany(axis => axis.Columns.Select(column => $"{axis.Name}.{column}")),
        .. AfterAxes,
    ];

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(ResultsTable table)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            foreach (var name in Header(table.Axes))
            {
                Text(csv, name);
            }

            csv.EndRecord();
            foreach (var row in table.Rows)
            {
                Write(csv, table.Axes, row);
                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, IReadOnlyList<Axis> axes, ResultRow row)
    {
        var (job, state) = (row.Job, row.State);
        var rows = axes.Select(axis => job.Rows.FirstOrDefault(r => r.Axis == axis.Name)).ToList();
        Text(csv, job.Id);
        Text(csv, job.Template);
        foreach (var label in rows)
        {
            Text(csv, label?.Label);
        }

        foreach (var (axis, values) in axes.Zip(rows))
        {
            foreach (var column in axis.Columns)
            {
                Text(csv, Value(values, column));
            }
        }

        Number(csv, job.Take);
        Text(csv, state.Status.ToString().ToLowerInvariant());
        Text(csv, job.Model);
        Text(csv, job.Prompt);
        Text(csv, job.Ratio);
        Number(csv, job.Duration);
        Number(csv, job.Seed);
        WriteAttempt(csv, row);
        WriteFiles(csv, state);
        Text(csv, row.FailureCode);
        Text(csv, row.Failure);
        Text(csv, row.NextStep);
        Text(csv, row.IsOrphaned ? "true" : "false");
        Text(csv, job.Key.Hex);
    }

    static void WriteAttempt(CsvWriter csv, ResultRow row)
    {
        var state = row.State;
        var attempt = state.Current;
        Text(csv, state.Task?.Value);
        Number(csv, row.Job.SharesWith is null ? state.Tasks : 0);
        Number(csv, row.EstimatedCredits);
        Number(csv, row.CostCredits);
        Number(csv, row.QueuedSeconds);
        Number(csv, row.RunningSeconds);
        Number(csv, row.DownloadSeconds);
        Text(csv, Moment(attempt?.SubmittedAt));
        Text(csv, Moment(state.SavedAt ?? attempt?.EndedAt));
    }

    static void WriteFiles(CsvWriter csv, JobState state)
    {
        Text(csv, string.Join(';', state.Files.Select(file => file.Path)));
        if (state.Files is [var only])
        {
            Number(csv, only.Bytes);
        }
        else
        {
            Text(csv, string.Join(';', state.Files.Select(file => file.Bytes.ToString(CultureInfo.InvariantCulture))));
        }

        Text(csv, string.Join(';', state.Files.Select(file => file.Sha256)));
    }

    // An axis may be called like one of our columns; two columns of one name would be read as one.
    static string LabelColumn(string axis) => axis is "job" or "template" || AfterAxes.Contains(axis) ? $"axis.{axis}" : axis;

    static string? Value(AxisRow? row, string column)
    {
        for (var i = 0; i < row?.Columns.Count; i++)
        {
            if (row.Columns[i] == column)
            {
                return row.Values[i] is { } value ? WithoutSignature(value) : null;
            }
        }

        return null;
    }

    // A signed URL opens what it names for whoever holds it, so the part that signs never leaves memory.
    static string WithoutSignature(string value) =>
        value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && value.IndexOf('?', StringComparison.Ordinal) is > 0 and var query
            ? value[..query]
            : value;

    static string? Moment(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static void Text(CsvWriter csv, string? text) => csv.WriteField(text is null ? null : FormulaGuard.Add(text));

    static void Number(CsvWriter csv, decimal? number) =>
        csv.WriteField(number?.ToString("0.############", CultureInfo.InvariantCulture));
}
