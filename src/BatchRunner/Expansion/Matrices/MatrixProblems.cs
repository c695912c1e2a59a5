using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Matrices;

/// <summary>What can be wrong with the matrix: one method per mistake, BR0230 to BR0239.</summary>
static class MatrixProblems
{
    public static Diagnostic NotTrueOrFalse(TemplateText where, Template operand, object? value, IReadOnlyList<SourcePlace> rows)
    {
        var text = Written(operand);
        return new Diagnostic(
            "BR0230",
            Severity.Error,
            $"`{text}` gives {Given(value)}, but `where` takes true or false",
            Place(where, operand),
            value is Cell or string or null
                ? $"compare it: `{text} == '{(value is null ? "yes" : Renderer.Shown(value))}'`"
                : "compare it with something")
        {
            Related = rows,
        };
    }

    public static Diagnostic UnknownLabel(ScalarNode label, MatrixAxis axis) =>
        new(
            "BR0232",
            Severity.Error,
            $"no row of `{axis.Name}` is called `{label.Text}`",
            label.Place,
            Nearest.Hint(label.Text, axis.Labels) ?? $"its rows are {Listed(axis.Labels)}");

    public static Diagnostic ZipLengths(ScalarNode node, MatrixAxis axis, MatrixAxis first) =>
        new(
            "BR0233",
            Severity.Error,
            $"`{axis.Name}` has {Rows(axis)}, but it is zipped with `{first.Name}`, which has {Rows(first)}",
            node.Place,
            "make them equally long, or join them with `where`");

    public static Diagnostic TooManyJobs(long jobs, bool atLeast, Limits limits, SourcePlace place) =>
        new(
            "BR0235",
            Severity.Error,
            string.Create(
                CultureInfo.InvariantCulture,
                $"this makes {(atLeast ? "at least " : "")}{jobs:N0} jobs, but `limits.max_jobs` is {limits.MaxJobs:N0}"),
            limits.MaxJobsPlace ?? place,
            "leave some out with `where`, or raise `limits.max_jobs`");

    public static Diagnostic TooManyCombinations(long most, SourcePlace place) =>
        new(
            "BR0236",
            Severity.Error,
            string.Create(CultureInfo.InvariantCulture, $"the matrix has more combinations than are looked at: {most:N0}"),
            place,
            "join sheets by a column: `where: a.key == b.key && …`");

    public static Diagnostic NothingLeft(LeftOut leftOut, SourcePlace place) =>
        new(
            "BR0237",
            Severity.Warning,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no job is left: `where` left out {leftOut.Where:N0}, `exclude` {leftOut.Exclude:N0}, `takes` {leftOut.Takes:N0}"),
            place);

    static SourcePlace Place(TemplateText where, Template operand) =>
        operand.Span is var (offset, length) ? where.At(offset, length) : where.Node.Place;

    static string Written(Template operand) =>
        operand.Span is var (offset, length) ? operand.Text.Substring(offset, length) : operand.Text;

    static string Given(object? value) => value is null ? "nothing" : $"`{Renderer.Shown(value)}`";

    static string Rows(MatrixAxis axis) => axis.Labels.Count == 1 ? "1 row" : $"{axis.Labels.Count:N0} rows";

    static string Listed(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(8).Select(name => $"`{name}`")) + (all.Count > 8 ? ", …" : "");
    }
}
