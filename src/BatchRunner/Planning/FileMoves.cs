using BatchRunner.Expansion;
using BatchRunner.Journaling;

namespace BatchRunner.Planning;

/// <summary>Which files get other names: renamed jobs' own, and those in a new job's place.</summary>
static class FileMoves
{
    /// <summary>What moves before anything is paid for, and what leaves its place when the job that takes it has been made.</summary>
    public static (IReadOnlyList<FileMove> Now, IReadOnlyList<FileMove> WhenReplaced) Of(
        IReadOnlyList<JobSpec> jobs, JournalContents journal)
    {
        if (!journal.Jobs.Any(job => job.State.Files.Length > 0))
        {
            return ([], []);
        }

        var moves = new List<FileMove>();
        var wanted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var planned = new HashSet<JobKey>();
        foreach (var spec in jobs.Where(spec => spec.SharesWith is null))
        {
            planned.Add(spec.Key);
            wanted.Add(OutputPaths.Of(spec.Output, 0, spec.Extension));
            if (journal.Find(spec.Key) is { } known)
            {
                for (var i = 0; i < known.State.Files.Length; i++)
                {
                    var from = known.State.Files[i].Path;
                    var to = OutputPaths.Of(spec.Output, i, Path.GetExtension(from));
                    wanted.Add(to);
                    if (from != to)
                    {
                        moves.Add(new FileMove(known.Number, spec.Key, from, to, IsSuperseded: false));
                    }
                }
            }
        }

        // A file of a job that is not planned any more stays, unless a planned one takes its place; at once only if that one's
        // file is there already.
        var targets = moves.Select(move => move.To).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var leaving =
            (from job in journal.Jobs
            where job.Shares is null && !planned.Contains(job.Key) && job.State.Files.Any(file => wanted.Contains(file.Path))
            from file in job.State.Files
            select new FileMove(
                job.Number, job.Key, file.Path, OutputPaths.Superseded(file.Path, job.Key.Short), IsSuperseded: true))
            .GroupBy(move => move.Job)
            .ToLookup(job => job.Any(move => targets.Contains(move.From)));
        return ([.. leaving[true].SelectMany(job => job), .. moves], [.. leaving[false].SelectMany(job => job)]);
    }
}
