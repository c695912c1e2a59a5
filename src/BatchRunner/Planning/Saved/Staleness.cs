using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Planning.Saved;

/// <summary>
/// What is no longer as it was when a plan was saved: one method per matter, each naming everything that changed, BR0310
/// to BR0316. Progress is none of it: jobs may be running, done or failed by now.
/// </summary>
static class Staleness
{
    const int Told = 5;

    /// <summary>Files that are not there any more, or have other bytes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="file">Where it is kept.</param>
    /// <param name="paths">What may be read.</param>
    public static IReadOnlyList<Diagnostic> OfInputs(SavedPlan plan, SourceFile file, PathRules paths)
    {
        var problems = new List<Diagnostic>();
        foreach (var input in plan.Inputs)
        {
            var (found, problem) = paths.Resolve(input.File, file, null);
            try
            {
                if (found is null)
                {
                    problems.Add(Stale(file, "BR0310", $"`{Shown(file, input.File)}` can't be read any more: {problem?.Message}"));
                }
                else if (PlanSaving.Sha256(found.FullPath) != input.Sha256)
                {
                    problems.Add(Stale(file, "BR0311", $"`{found.Path}` has changed"));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                problems.Add(Stale(file, "BR0310", $"`{Shown(file, input.File)}` can't be read any more"));
            }
        }

        return problems;
    }

    /// <summary>A journal that is gone or another, jobs that are not planned any more, and prices.</summary>
    /// <param name="saved">The plan.</param>
    /// <param name="file">Where it is kept.</param>
    /// <param name="now">A plan made now, of all jobs.</param>
    public static IReadOnlyList<Diagnostic> Of(SavedPlan saved, SourceFile file, Plan now)
    {
        var problems = new List<Diagnostic>();
        if (saved.Journal is { } journal && now.Journal.Header?.Folder != journal)
        {
            var folder = Shown(file, saved.Folder);
            problems.Add(now.Journal.Header is null
                ? Stale(file, "BR0312", $"the journal in `{folder}` is gone, so what was paid for is not known") with
                {
                    Hint = $"bring back `{folder}`; to pay for all of it once more, save the plan again and run that with `--new`",
                }
                : Stale(file, "BR0313", $"`{folder}` has another journal than when it was saved"));
        }

        var count = now.Batch.Jobs.Count - now.Batch.RetakeCount;
        if (saved.ManifestJobs != count)
        {
            problems.Add(Stale(file, "BR0314", string.Create(
                CultureInfo.InvariantCulture, $"the manifest makes {count} jobs now, and made {saved.ManifestJobs}")));
        }

        var byKey = now.Jobs.Where(job => job.Spec.SharesWith is null).ToDictionary(job => job.Key);
        problems.AddRange(First(saved.Jobs.Where(job => !byKey.ContainsKey(job.Key)), job =>
            Stale(file, "BR0315", $"`{job.Id}` is another request now, or not planned any more")));
        problems.AddRange(First(
            saved.Of(now).Jobs.Where(job => job.WillSubmit).Join(
                saved.Jobs, job => job.Key, job => job.Key, (job, before) => (job.Spec, Before: before.Credits))
                .Where(job => job.Spec.EstimatedCredits != job.Before)
                .GroupBy(job => (job.Spec.Model, job.Before, Now: job.Spec.EstimatedCredits)),
            same => Stale(file, "BR0316", Price(same.Key.Before, same.Key.Now, [.. same.Select(job => job.Spec.Id)], same.Key.Model))));
        return problems;
    }

    static string Price(decimal? before, decimal? now, List<string> jobs, string model) =>
        $"`{jobs[0]}` ({model}) costs {Credits(now)} now, and cost {Credits(before)}"
        + (jobs.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"; so do {jobs.Count - 1} more") : "");

    static string Credits(decimal? credits) =>
        credits is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.####} credits") : "nobody knows what";

    static IEnumerable<Diagnostic> First<T>(IEnumerable<T> all, Func<T, Diagnostic> told) => all.Take(Told).Select(told);

    static string Shown(SourceFile file, string written) => PathRules.ShownPath(written, PathRules.FolderOf(file.Path));

    static Diagnostic Stale(SourceFile file, string code, string what) => new(
        code, Severity.Error, $"`{file.Path}` is stale: {what}; nothing was sent",
        Hint: "look at the plan again and save it with `batchrunner plan MANIFEST --save FILE`");
}
