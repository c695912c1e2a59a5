namespace BatchRunner.Planning;

/// <summary>What a plan comes to along one axis: for each of its labels what will be submitted, and for how much.</summary>
/// <param name="Axis">`template`, or the name of a variable.</param>
/// <param name="Labels">In plan order; labels with nothing to submit are not among them.</param>
sealed record PlanTotals(string Axis, IReadOnlyList<LabelTotal> Labels)
{
    /// <summary>Along every axis, `template` first; axes along which nothing is submitted are not among them.</summary>
    public static IReadOnlyList<PlanTotals> Of(Plan plan)
    {
        var paid = plan.Jobs.Where(job => job.WillSubmit).ToList();
        var labels = paid.Select(job => (Axis: "template", Label: job.Spec.Template ?? "", Job: job))
            .Where(one => one.Label.Length > 0)
            .Concat(paid.SelectMany(job => job.Spec.Rows.Select(row => (row.Axis, row.Label, Job: job))));
        return
        [
            .. labels.GroupBy(one => one.Axis, StringComparer.Ordinal).Select(axis => new PlanTotals(
                axis.Key,
                [.. axis.GroupBy(one => one.Label, StringComparer.Ordinal).Select(label => LabelTotal.Of(label.Key, [.. label.Select(one => one.Job)]))])),
        ];
    }
}

/// <summary>A label's part of a plan.</summary>
/// <param name="Label">The arm's or row's.</param>
/// <param name="Jobs">To submit.</param>
/// <param name="Credits">The most they may cost.</param>
/// <param name="Unpriced">Those of them without a known price, which count nothing.</param>
sealed record LabelTotal(string Label, int Jobs, decimal Credits, int Unpriced)
{
    public static LabelTotal Of(string label, IReadOnlyList<PlannedJob> jobs) => new(
        label,
        jobs.Count,
        jobs.Sum(job => job.Spec.EstimatedCredits ?? 0),
        jobs.Count(job => job.Spec.EstimatedCredits is null));
}
