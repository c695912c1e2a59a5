using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views;

/// <summary>What there is to do about a run that nobody is at work on, a sentence each.</summary>
static class StatusSteps
{
    /// <param name="request">The batch as it was typed.</param>
    /// <param name="run">Its run.</param>
    /// <param name="rows">Its jobs.</param>
    /// <param name="plan">What a run of the manifest would do now; null: nobody knows.</param>
    public static IEnumerable<string> Of(BatchRequest request, MadeRun run, IReadOnlyList<ResultRow> rows, Plan? plan)
    {
        var drift = plan is null ? null : Drift.Of(plan);
        if (plan is not null && drift is { IsNone: false })
        {
            yield return DriftWords.Of(drift, plan, request);
        }

        if (RunLock.IsHeld(run.Place.Folder.Lock))
        {
            yield break;
        }

        var lost = run.Journal.Jobs.Where(job => job.State.Phase != JobPhase.Unknown && job.State.Lost.Any()).ToList();
        if (lost is [var first, ..])
        {
            var kept = lost.SelectMany(job => job.State.Lost).Sum(attempt => attempt.Reserved);
            yield return $"{Figures.Credits(kept)} stay reserved for lost creates after which {Figures.Count(lost.Count, "job")} "
                + $"({SafeText.Line(first.Spec.Id)}{(lost.Count > 1 ? ", …" : "")}) may be submitted again: {LostWords.Way}";
        }

        var used = run.Journal.Spent + run.Journal.Reserved;
        var limits = plan?.Batch.Manifest.Limits;
        if (plan is { SubmitCount: > 0 } && limits?.MaxCredits is { } cap && used + plan.Credits > cap)
        {
            yield return CapWords.Of(cap, used, plan.SubmitCount, plan.Credits, limits.MaxCreditsPlace, isTyped: false);
            yield break;
        }

        var running = rows.Count(row => row.State.Status == JobStatus.Running);
        var planned = rows.Count(row => row is { IsOrphaned: false, State.Status: JobStatus.Planned });
        if (plan is null && planned > 0)
        {
            yield return RunPlaces.Folder(request) is null && SavedPlans.Meant(request, []) is { Saved: null }
                ? $"`batchrunner validate {SafeText.Line(request.Path)}` says what is wrong with the manifest now"
                : $"a run of the manifest submits the {Figures.Count(planned, "job")} not submitted yet";
        }

        string[] does =
        [
            .. plan is { SubmitCount: > 0 } && drift is { IsNone: true }
                ? [$"submits {Figures.Count(plan.SubmitCount, "job")} for {Figures.Price(plan.Credits)} at most"] : Array.Empty<string>(),
            .. running > 0 ? [$"collects the {Figures.Count(running, "job")} under way, and pays nothing more for them"] : Array.Empty<string>(),
        ];
        if (does.Length > 0)
        {
            yield return $"`batchrunner run {SafeText.Line(request.Path)}{request.Whereabouts}` {string.Join("; it ", does)}";
        }
    }
}
