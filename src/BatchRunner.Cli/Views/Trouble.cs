using BatchRunner.Cli.Text;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views;

/// <summary>A job that needs somebody, in one sentence: what became of it, why, and what to do.</summary>
static class Trouble
{
    public static string Of(ResultRow row) =>
        $"{row.State.Status.ToString().ToLowerInvariant(),-8} {SafeText.Line(row.Job.Id)}: {Why(row)}";

    /// <summary>Why, and what to do.</summary>
    public static string Why(ResultRow row)
    {
        var parts = new[] { row.FailureCode, row.Failure?.TrimEnd('.'), row.IsOrphaned ? "no row asks for it any more" : null, row.NextStep };
        return SafeText.Line(string.Join("; ", parts.Where(part => part is not null)));
    }
}
