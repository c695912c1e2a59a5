using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Planning;
using CsvHelper;

namespace BatchRunner.Results;

/// <summary>
/// What a run's folder remembers beside its journal: the tasks in results.csv, and media under the names of jobs that are
/// still to be paid. A journal that does not know them is older than they are, and would pay for them again.
/// </summary>
static class Recollection
{
    /// <summary>Why the jobs of a plan must not be paid for, or null.</summary>
    public static Diagnostic? Refusal(RunFolder folder, Plan plan) => plan.SubmitCount == 0
        ? null
        : Forgotten(folder, plan.Journal) ?? Unrecorded(folder, plan);

    // A job that is unknown, or was when the last run was killed, is not paid again by itself: its row says nothing new.
    static Diagnostic? Forgotten(RunFolder folder, JournalContents journal)
    {
        var tasks = journal.Jobs.SelectMany(job => job.State.Attempts).Select(attempt => attempt.Task?.Value).ToHashSet();
        var doubtful = journal.Jobs.Where(job => job.State.Phase is JobPhase.Intent or JobPhase.Unknown)
            .Select(job => job.Spec.Key.Hex).ToHashSet(StringComparer.Ordinal);
        var forgotten = Rows(Path.Combine(folder.Root, "results.csv"))
            .Where(row => row.Task.Length > 0 && !tasks.Contains(row.Task) && !doubtful.Contains(row.Key))
            .DistinctBy(row => row.Task).ToList();
        return forgotten is [var first, ..] ? JournalProblems.Forgotten(forgotten.Count, first.Task, first.Job) : null;
    }

    static Diagnostic? Unrecorded(RunFolder folder, Plan plan)
    {
        var known = plan.Journal.Jobs.SelectMany(job => job.State.Files).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var there = plan.Jobs.Where(job => job.WillSubmit)
            .Select(job => OutputPaths.Of(job.Spec.Output, 0, job.Spec.Extension))
            .Where(path => !known.Contains(path) && File.Exists(folder.PathOf(path))).ToList();
        return there is [var first, ..] ? JournalProblems.Unrecorded(there.Count, first) : null;
    }

    // As we wrote it. What a spreadsheet made of it, or a file that can't be read, remembers nothing.
    static List<(string Job, string Task, string Key)> Rows(string path)
    {
        var rows = new List<(string, string, string)>();
        try
        {
            if (!FolderCheck.IsPlainFile(path))
            {
                return rows;
            }

            var reader = CsvReader.Create(File.ReadAllBytes(path), new CsvReaderOptions { HasHeader = false, OnMalformedRecord = _ => { } });
            using (reader)
            {
                var columns = reader.Read() ? Cells(reader) : [];
                var (job, task, key) = (columns.IndexOf("job"), columns.IndexOf("task_id"), columns.IndexOf("key"));
                while (task >= 0 && key > task && reader.Read())
                {
                    if (reader.FieldCount > key)
                    {
                        rows.Add((job < 0 ? "" : reader.GetString(job), reader.GetString(task).Trim(), reader.GetString(key).Trim()));
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The run will not be able to write it either, and says so.
        }

        return rows;
    }

    static List<string> Cells(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).TrimStart('\ufeff'))];
}
