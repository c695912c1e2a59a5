using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>That a manifest has changed since its last run, in one sentence, with what a run would pay for now.</summary>
static class DriftWords
{
    public static string Of(Drift drift, Plan plan, BatchRequest request)
    {
        var parts = new[]
        {
            (drift.Changed, $"{Figures.Count(drift.Changed, "job")} changed"),
            (drift.New, $"{Figures.Count(drift.New, "job")} new"),
            (drift.Gone, $"{Figures.Count(drift.Gone, "job")} no longer asked for"),
            (drift.Renamed, $"{Figures.Count(drift.Renamed, "file")} to be renamed"),
        }.Where(part => part.Item1 > 0).Select(part => part.Item2);
        var manifest = SafeText.Line(request.Path);
        return $"`{manifest}` has changed since: {string.Join(", ", parts)}; a run would "
            + (plan.SubmitCount > 0 ? $"submit {Figures.Count(plan.SubmitCount, "job")} for {Figures.Price(plan.Credits)}" : "submit nothing")
            + $", as `batchrunner plan {manifest}{request.Whereabouts}` shows";
    }
}
