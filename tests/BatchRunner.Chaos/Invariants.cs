using System.Security.Cryptography;
using System.Text;
using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Chaos;

/// <summary>What must be true whatever happened, told as broken sentences; none is good.</summary>
static class Invariants
{
    static readonly string[] Statuses = ["planned", "running", "done", "failed", "unknown", "cancelled", "screened"];

    /// <summary>Checks a batch whose last run has ended, in which at most that many creates may have been lost.</summary>
    public static async Task<IReadOnlyList<string>> Broken(Stage stage, int lost, bool mayFail = false)
    {
        var broken = new List<string>();
        var journal = stage.Journal();
        CheckCharges(stage, journal, lost, broken);
        foreach (var job in journal.Planned.Where(job => !HasEnded(job.State, mayFail)))
        {
            broken.Add($"I4: {job.Spec.Id} ended as {job.State.Status}: {job.State.Failure?.Message}");
        }

        await CheckFiles(stage, journal, broken);
        CheckResults(stage, journal, broken);
        CheckSecrets(stage, broken);
        return broken;
    }

    static bool HasEnded(JobState state, bool mayFail) => state.Status is JobStatus.Done or JobStatus.Unknown
        || (mayFail && state.Status is JobStatus.Failed or JobStatus.Cancelled);

    static void CheckCharges(Stage stage, JournalContents journal, int lost, List<string> broken)
    {
        // A task that failed for nothing was refunded: what counts is what was kept.
        var kept = stage.Server.Ledger.GroupBy(entry => entry.TaskId)
            .Select(task => (Id: task.Key, Hash: task.First().RequestHash, Credits: task.Sum(entry => entry.Credits)))
            .Where(task => task.Credits > 0).ToList();
        foreach (var twice in kept.GroupBy(task => task.Hash).Where(tasks => tasks.Count() > 1))
        {
            broken.Add($"I1: request {twice.Key[..8]} was paid {twice.Count()} times: {string.Join(", ", twice.Select(t => t.Id))}");
        }

        var known = journal.Jobs.SelectMany(job => job.State.Attempts).Where(a => a.Task is not null).ToDictionary(a => a.Task!.Value.Value);
        var unnamed = kept.Count(task => !known.ContainsKey(task.Id));
        var unknown = journal.Planned.Count(job => job.State.Status == JobStatus.Unknown);
        if (unnamed > unknown)
        {
            broken.Add($"I2: {unnamed} paid tasks have no id in the journal, but only {unknown} jobs are unknown");
        }

        if (unknown > lost)
        {
            broken.Add($"{unknown} jobs are unknown, but at most {lost} creates were lost");
        }

        foreach (var (id, _, credits) in kept.Where(task => known.TryGetValue(task.Id, out var a) && a.Cost is { } cost && cost != task.Credits))
        {
            broken.Add($"I4: task {id} cost {credits}, but the journal says {known[id].Cost}");
        }

        if (journal.Order.Count != stage.Jobs)
        {
            broken.Add($"I4: {journal.Order.Count} jobs planned of {stage.Jobs}");
        }
    }

    static async Task CheckFiles(Stage stage, JournalContents journal, List<string> broken)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in journal.Planned)
        {
            foreach (var file in job.State.Files)
            {
                var path = stage.Run.PathOf(file.Path);
                expected.Add(path);
                if (!File.Exists(path))
                {
                    broken.Add($"I3: {file.Path} is not there");
                }
                else if (Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path))) is var there && there != file.Sha256)
                {
                    broken.Add($"I3: {file.Path} is not what was downloaded");
                }
                else if (job.State.Task is { } task && there != await stage.Told.Sha256Of(task.Value))
                {
                    broken.Add($"I3: {file.Path} is not what the server has");
                }
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

    static void CheckResults(Stage stage, JournalContents journal, List<string> broken)
    {
        // No cell of this batch needs a quote but failures, so only the first columns are split.
        var lines = File.ReadAllLines(Path.Combine(stage.Run.Root, "results.csv"));
        if (lines.Length != stage.Jobs + 1)
        {
            broken.Add($"I4: results.csv has {lines.Length - 1} rows for {stage.Jobs} jobs");
            return;
        }

        var column = Array.IndexOf(lines[0].Split(','), "status");
        foreach (var (line, job) in lines.Skip(1).Zip(journal.Planned))
        {
            var cells = line.Split(',');
            if (cells[0] != job.Spec.Id || !Statuses.Contains(cells[column])
                || !string.Equals(cells[column], job.State.Status.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                broken.Add($"I4: the row of {job.Spec.Id} says {cells[0]} is {cells[column]}, the journal says {job.State.Status}");
            }
        }
    }

    static void CheckSecrets(Stage stage, List<string> broken)
    {
        var (key, token) = (Encoding.ASCII.GetBytes("key_chaos"), Encoding.ASCII.GetBytes("_jwt="));
        foreach (var path in Directory.EnumerateFiles(stage.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path).AsSpan();
            if (bytes.IndexOf(key) >= 0 || bytes.IndexOf(token) >= 0)
            {
                broken.Add($"I8: {Path.GetRelativePath(stage.Folder, path)} holds the key or a signed address");
            }
        }
    }
}
