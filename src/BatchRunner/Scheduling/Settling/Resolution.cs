using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Runway;

namespace BatchRunner.Scheduling.Settling;

/// <summary>What became of a person's word on an unknown create.</summary>
abstract record Resolution
{
    /// <summary>It is on the disk.</summary>
    /// <param name="Before">The job as it was.</param>
    /// <param name="After">The job as it is.</param>
    /// <param name="Attempts">The numbers of the attempts that the word was about.</param>
    /// <param name="Task">What Runway said of the task, if one was named.</param>
    public sealed record Settled(JobState Before, JobState After, IReadOnlyList<int> Attempts, TaskSnapshot? Task) : Resolution
    {
        /// <summary>What they may have cost.</summary>
        public decimal Possible => Before.Attempts.Where(attempt => Attempts.Contains(attempt.Number)).Sum(attempt => attempt.Reserved);

        /// <summary>What they did cost, or null while nobody has said. Who is collected now has another number.</summary>
        public decimal? Cost =>
            After.Attempts.Where(attempt => Task is { } task ? attempt.Task == task.Id : Attempts.Contains(attempt.Number)).ToList() is var these && these.Exists(attempt => attempt.Cost is null)
                ? null
                : these.Sum(attempt => attempt.Cost);
    }

    /// <summary>No create of the job is unknown, or no longer; nothing was changed.</summary>
    public sealed record NotUnknown(JobState State) : Resolution;

    /// <summary>The task belongs to another job, or to another attempt of this one.</summary>
    public sealed record Taken(JobSpec Owner) : Resolution;

    /// <summary>Runway does not know the task: it never was, was deleted, or is another project's.</summary>
    public sealed record NoSuchTask : Resolution;

    /// <summary>The task does not look like this job's; a person may know better.</summary>
    /// <param name="Task">What Runway said.</param>
    /// <param name="Reasons">What does not fit, in words.</param>
    public sealed record Doubtful(TaskSnapshot Task, IReadOnlyList<string> Reasons) : Resolution;

    /// <summary>The key is refused.</summary>
    public sealed record KeyRefused(string Message) : Resolution;

    /// <summary>Runway could not be asked; later it may be.</summary>
    public sealed record Trouble(string Reason) : Resolution;

    /// <summary>It could not be saved.</summary>
    public sealed record DiskFailed(string Reason) : Resolution;
}
