using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Planning;

/// <summary>
/// Another run's folder beside one that has no run yet, in which jobs of the plan are paid for already: most likely the same
/// manifest under the name it had before.
/// </summary>
/// <param name="Folder">The folder's own name.</param>
/// <param name="Name">The manifest's name then.</param>
/// <param name="Jobs">Jobs of the plan that were paid for there, or may have been.</param>
/// <param name="Credits">What they would cost once more.</param>
sealed record EarlierRun(string Folder, string Name, int Jobs, decimal Credits)
{
    const int Most = 200;

    /// <summary>The one with most of the plan's jobs, or null. Reads journals; changes nothing.</summary>
    /// <param name="plan">What is to be paid for.</param>
    /// <param name="folder">Where; if it has a journal, nothing is looked for.</param>
    /// <param name="isSimulated">Simulated clips stand for simulated ones only, paid ones for paid ones.</param>
    public static EarlierRun? Find(Plan plan, RunFolder folder, bool isSimulated)
    {
        if (plan.Journal.Header is not null || plan.SubmitCount == 0
            || Path.GetDirectoryName(folder.Root) is not { } beside || !Directory.Exists(beside))
        {
            return null;
        }

        try
        {
            return new DirectoryInfo(beside).EnumerateDirectories()
                .Take(Most)
                .Where(other => other.FullName != folder.Root)
                .Select(other => In(other, plan, isSimulated))
                .OfType<EarlierRun>()
                .OrderByDescending(found => found.Jobs)
                .ThenBy(found => found.Folder, StringComparer.Ordinal)
                .FirstOrDefault();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is a courtesy: a folder that can't be looked into is no reason not to plan.
            return null;
        }
    }

    static EarlierRun? In(DirectoryInfo other, Plan plan, bool isSimulated)
    {
        if (Journal.Read(new RunFolder(other.FullName)) is not ReadAnswer.Found { Contents: { Header: { } header } journal }
            || header.IsSimulated != isSimulated)
        {
            return null;
        }

        var paid = plan.Jobs.Where(job => job.WillSubmit && journal.Find(job.Key) is { } known && IsPaid(known.State)).ToList();
        return paid.Count == 0
            ? null
            : new EarlierRun(other.Name, header.Name, paid.Count, paid.Sum(job => job.EstimatedCredits ?? 0));
    }

    static bool IsPaid(JobState state) => state.Phase == JobPhase.Done || state.Spent + state.Reserved > 0;
}
