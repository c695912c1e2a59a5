using System.Security.Cryptography;
using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Chaos;

/// <summary>What must be true whatever happened, told as broken sentences; none is good.</summary>
static class Invariants
{
    /// <summary>Checks a batch whose last run has ended.</summary>
    public static IReadOnlyList<string> Broken(Stage stage, int kills)
    {
        var broken = new List<string>();
        var journal = stage.Journal();
        var ledger = stage.Server.Ledger;

        foreach (var twice in ledger.Where(e => !e.IsRefund).GroupBy(e => e.RequestHash).Where(g => g.Count() > 1))
        {
            broken.Add($"I1: request {twice.Key[..8]} was charged {twice.Count()} times");
        }

        var known = journal.Jobs.SelectMany(job => job.State.Attempts).Select(a => a.Task?.Value).ToHashSet();
        var unnamed = ledger.Where(e => !e.IsRefund && !known.Contains(e.TaskId)).Select(e => e.TaskId).Distinct().Count();
        var unknown = journal.Planned.Count(job => job.State.Status == JobStatus.Unknown);
        if (unnamed > unknown)
        {
            broken.Add($"I2: {unnamed} paid tasks have no id in the journal, but only {unknown} jobs are unknown");
        }

        if (unknown > kills)
        {
            broken.Add($"{unknown} jobs are unknown after {kills} kills");
        }

        if (journal.Order.Count != stage.Jobs)
        {
            broken.Add($"I4: {journal.Order.Count} jobs planned of {stage.Jobs}");
        }

        foreach (var job in journal.Planned.Where(job => job.State.Status is not (JobStatus.Done or JobStatus.Unknown)))
        {
            broken.Add($"I4: {job.Spec.Id} ended as {job.State.Status}: {job.State.Failure?.Message}");
        }

        CheckFiles(stage, journal, broken);
        CheckResults(stage, broken);
        return broken;
    }

    static void CheckFiles(Stage stage, JournalContents journal, List<string> broken)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in journal.Planned.SelectMany(job => job.State.Files))
        {
            var path = stage.Run.PathOf(file.Path);
            expected.Add(path);
            if (!File.Exists(path))
            {
                broken.Add($"I3: {file.Path} is not there");
            }
            else if (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) != file.Sha256)
            {
                broken.Add($"I3: {file.Path} is not what was downloaded");
            }
        }

        foreach (var path in Directory.EnumerateFiles(stage.Run.Root, "*.mp4", SearchOption.AllDirectories))
        {
            if (!expected.Contains(path))
            {
                broken.Add($"I3: {Path.GetRelativePath(stage.Run.Root, path)} has a final name and belongs to no job");
            }
        }
    }

    static void CheckResults(Stage stage, List<string> broken)
    {
        var lines = File.ReadAllLines(Path.Combine(stage.Run.Root, "results.csv"));
        if (lines.Length != stage.Jobs + 1)
        {
            broken.Add($"I4: results.csv has {lines.Length - 1} rows for {stage.Jobs} jobs");
        }
    }
}
