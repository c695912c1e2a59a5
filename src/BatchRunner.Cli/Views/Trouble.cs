using BatchRunner.Cli.Text;
using BatchRunner.Jobs;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views;

/// <summary>
/// What needs somebody, in one sentence: what became of it, why, and what to do. Jobs of which the same is to be said are one
/// trouble, however many they are.
/// </summary>
/// <param name="Status">What became of them.</param>
/// <param name="Jobs">How many there are.</param>
/// <param name="Text">Which they are, why, and what to do; safe to print.</param>
sealed record Trouble(JobStatus Status, int Jobs, string Text)
{
    const int Named = 3;

    /// <summary>The status as it stands before the text.</summary>
    public string Word => Status.ToString().ToLowerInvariant();

    /// <summary>Both, as they stand in a list.</summary>
    public string Line => $"{Word,-8} {Text}";

    /// <summary>The troubles of some jobs, in the order of the first of each.</summary>
    public static IReadOnlyList<Trouble> In(IEnumerable<ResultRow> rows) =>
        [.. rows.GroupBy(row => (row.State.Status, Why(row, "JOB"))).Select(same => Of([.. same]))];

    /// <summary>That of one job.</summary>
    public static Trouble Of(ResultRow row) => Of([row]);

    /// <summary>Why, and what to do.</summary>
    public static string Why(ResultRow row) => Why(row, row.Job.Id);

    static Trouble Of(List<ResultRow> rows)
    {
        var (first, names) = (rows[0], rows.Select(row => SafeText.Line(row.Job.Id)));
        var text = rows.Count == 1
            ? $"{names.First()}: {Why(first)}"
            : $"{Figures.Count(rows.Count, "job")} ({string.Join(", ", names.Take(Named))}"
                + (rows.Count > Named ? $" and {Figures.Number(rows.Count - Named)} more" : "") + $"): {Why(first, "JOB")}";
        return new Trouble(first.State.Status, rows.Count, text);
    }

    static string Why(ResultRow row, string name)
    {
        var parts = new[]
        {
            row.FailureCode, row.Failure?.TrimEnd('.'), row.IsOrphaned ? "no row asks for this request any more" : null, row.NextStepOf(name),
        };
        return SafeText.Line(string.Join("; ", parts.Where(part => part is not null)));
    }
}
