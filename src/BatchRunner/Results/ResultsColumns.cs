using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Results;

/// <summary>One column of the results.</summary>
/// <param name="Name">Its heading, which readers rely on.</param>
/// <param name="Of">
/// What stands in it for a row: a <see cref="string"/>, <see cref="decimal"/> or <see cref="bool"/>, a list of the first two
/// where a task may have several outputs, or null.
/// </param>
sealed record ResultsColumn(string Name, Func<ResultRow, object?> Of);

/// <summary>The columns of the results, in order; schemas/results.schema.json says what each means.</summary>
static class ResultsColumns
{
    static readonly ResultsColumn[] BeforeAxes =
    [
        new("job", row => row.Job.Id),
        new("template", row => row.Job.Template),
    ];

    static readonly ResultsColumn[] AfterAxes =
    [
        new("take", row => (decimal)row.Job.Take),
        new("status", row => row.State.Status.ToString().ToLowerInvariant()),
        new("model", row => row.Job.Model),
        new("prompt", row => row.Job.Prompt),
        new("ratio", row => row.Job.Ratio),
        new("duration", row => row.Job.Duration),
        new("seed", row => (decimal?)row.Job.Seed),
        new("task_id", row => row.State.Task?.Value),
        new("attempts", row => row.Job.SharesWith is null ? (decimal)row.State.Tasks : 0m),
        new("estimated_credits", row => row.EstimatedCredits),
        new("cost_credits", row => row.CostCredits),
        new("queued_seconds", row => row.QueuedSeconds),
        new("running_seconds", row => row.RunningSeconds),
        new("download_seconds", row => row.DownloadSeconds),
        new("submitted_at", row => Moment(row.State.Current?.SubmittedAt)),
        new("finished_at", row => Moment(row.State.SavedAt ?? row.State.Current?.EndedAt)),
        new("file", row => Each(row.State, file => file.Path)),
        new("bytes", row => Each(row.State, file => (decimal)file.Bytes)),
        new("sha256", row => Each(row.State, file => file.Sha256)),
        new("failure_code", row => row.FailureCode),
        new("failure", row => row.Failure),
        new("next_step", row => row.NextStep),
        new("orphaned", row => row.IsOrphaned),
        new("key", row => row.Job.Key.Hex),
    ];

    static readonly HashSet<string> Ours = [.. BeforeAxes.Concat(AfterAxes).Select(column => column.Name)];

    /// <summary>The columns of a table with these axes.</summary>
    public static IReadOnlyList<ResultsColumn> Of(IReadOnlyList<Axis> axes) =>
    [
        .. BeforeAxes,
        .. axes.Select(axis => new ResultsColumn(LabelOf(axis.Name), row => RowOn(axis, row)?.Label)),
        .. axes.SelectMany(axis => axis.Columns.Select(
            column => new ResultsColumn($"{axis.Name}.{column}", row => Value(RowOn(axis, row), column)))),
        .. AfterAxes,
    ];

    // An axis may be called like one of our columns; two columns of one name would be read as one.
    static string LabelOf(string axis) => Ours.Contains(axis) ? $"axis.{axis}" : axis;

    // For every cell of every row while a run goes on: a loop, for a lambda would be made each time.
    static AxisRow? RowOn(Axis axis, ResultRow row)
    {
        var rows = row.Job.Rows;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Axis == axis.Name)
            {
                return rows[i];
            }
        }

        return null;
    }

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

    static List<object> Each(JobState state, Func<JobFile, object> part) => [.. state.Files.Select(part)];

    static string? Moment(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
