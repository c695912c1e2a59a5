using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Naming;
using BatchRunner.Jobs;
using BatchRunner.Templating;

namespace BatchRunner.Planning.Selecting;

/// <summary>
/// The expression of `--where`, asked of each job. It reads axes, their columns, `template`, `take`, `id` and `status` as
/// the journal has them, where every cell is text, so that it means the same with the manifest and without.
/// </summary>
sealed class JobCondition
{
    const string OnlyColumn = "value";

    static readonly string[] Own = ["template", "take", "id", "status"];

    readonly Template expression;

    JobCondition(Template expression) => this.expression = expression;

    /// <summary>The expression, or null and what is wrong with it.</summary>
    public static JobCondition? Parse(string text, DiagnosticBag problems)
    {
        var parsed = Template.ParseExpression(text, TemplateOptions.Batch);
        foreach (var problem in parsed.Problems)
        {
            problems.Add(ConditionProblems.Unreadable(problem));
        }

        return parsed.Problems.Count == 0 ? new JobCondition(parsed) : null;
    }

    public override string ToString() => expression.Text;

    /// <summary>What it says of each job, in their order; null and what is wrong if it can't be asked of these jobs.</summary>
    public IReadOnlyList<bool>? Of(IReadOnlyList<(JobSpec Spec, JobStatus Status)> jobs, DiagnosticBag problems)
    {
        var axes = Axes(jobs);
        var before = problems.Count;
        foreach (var read in expression.Reads)
        {
            if (Unknown(read, axes) is { } problem)
            {
                problems.Add(problem);
            }
        }

        if (problems.Count > before)
        {
            return null;
        }

        var answers = new bool[jobs.Count];
        var rows = new Dictionary<AxisRow, TemplateRow>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < answers.Length; i++)
        {
            if (Ask(jobs[i].Spec, jobs[i].Status, axes, rows, problems) is not { } answer)
            {
                return null;
            }

            answers[i] = answer;
        }

        return answers;
    }

    // By name, with every column that any job's row has: an orphan may come from a manifest that was another.
    static Dictionary<string, TemplateColumns> Axes(IReadOnlyList<(JobSpec Spec, JobStatus Status)> jobs)
    {
        var names = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<IReadOnlyList<string>>(ReferenceEqualityComparer.Instance);
        foreach (var row in jobs.SelectMany(job => job.Spec.Rows))
        {
            if (!names.TryGetValue(row.Axis, out var columns))
            {
                names[row.Axis] = columns = [];
            }

            if (seen.Add(row.Columns) || columns.Count == 0)
            {
                columns.AddRange(row.Columns.Except(columns).ToList());
            }
        }

        return names.ToDictionary(axis => axis.Key, axis => new TemplateColumns(WithId(axis.Value)), StringComparer.Ordinal);
    }

    static List<string> WithId(IReadOnlyList<string> columns) => columns.Contains("id") ? [.. columns] : [.. columns, "id"];

    static Diagnostic? Unknown(TemplateRead read, Dictionary<string, TemplateColumns> axes)
    {
        if (!axes.TryGetValue(read.Name, out var columns))
        {
            var owners = axes.Where(axis => axis.Value.IndexOf(read.Name) >= 0).Select(axis => axis.Key).ToList();
            return Own.Contains(read.Name)
                ? null
                : ConditionProblems.UnknownName(read.Name, [.. axes.Keys, .. Own], owners.Count == 1 ? owners[0] : null);
        }

        return read.Members is not [var column, ..] || columns.IndexOf(column) >= 0 ? null
            : columns.Sharing(column) is { Count: > 1 } sharing ? ConditionProblems.SharedName(read.Name, column, sharing)
            : ConditionProblems.UnknownColumn(read.Name, column, columns.Names);
    }

    bool? Ask(
        JobSpec spec, JobStatus status, Dictionary<string, TemplateColumns> axes, Dictionary<AxisRow, TemplateRow> rows, DiagnosticBag problems)
    {
        // What a job does not have can't be true of it.
        if (expression.Reads.Any(read => axes.ContainsKey(read.Name) && !Has(spec, read)))
        {
            return false;
        }

        var model = new TemplateModel
        {
            ["template"] = spec.Template,
            ["take"] = (long)spec.Take,
            ["id"] = spec.Id,
            ["status"] = status.ToString().ToLowerInvariant(),
        };
        foreach (var row in spec.Rows)
        {
            if (!rows.TryGetValue(row, out var value))
            {
                rows[row] = value = Model(row);
            }

            model[row.Axis] = value;
        }

        var result = expression.Evaluate(model, CancellationToken.None);
        if (result.Problem is null && result.Value is bool truth)
        {
            return truth;
        }

        problems.Add(result.Problem is { } problem
            ? ConditionProblems.WentWrong(problem, spec.Id)
            : ConditionProblems.NotTrueOrFalse(expression.Text, result.Value, spec.Id));
        return null;
    }

    static bool Has(JobSpec spec, TemplateRead read) =>
        spec.Rows.FirstOrDefault(row => row.Axis == read.Name) is { } row
        && (read.Members is not [var column, ..] || row.Columns.Contains(column) || new TemplateColumns(WithId(row.Columns)).IndexOf(column) >= 0);

    // A list of plain values is journaled as one column of that name; asked as a whole it is its value.
    static TemplateRow Model(AxisRow row)
    {
        var columns = WithId(row.Columns);
        var isPlain = row.Columns is [OnlyColumn];
        return new TemplateRow(row.Axis, new TemplateColumns(columns), [.. columns.Select((name, i) => Cell(name == "id" ? Id(row, i) : row.Values[i]))])
        {
            IsPlain = isPlain,
            Value = isPlain ? Cell(row.Values[0]) : null,
        };
    }

    // An `id` template names a row whatever its own column says.
    static string? Id(AxisRow row, int column) =>
        column < row.Values.Count && row.Values[column] is { } own && Slug.Cleaned(own) == row.Label ? own : row.Label;

    static Cell? Cell(string? text) => string.IsNullOrEmpty(text) ? null : new Cell(text);
}
