using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Results;

/// <summary>What results.csv says at one moment: every planned job in plan order, then the orphans that cost or may cost.</summary>
/// <param name="Axes">The axes that give the columns, without `template`.</param>
/// <param name="Rows">The rows, already in order.</param>
sealed record ResultsTable(IReadOnlyList<Axis> Axes, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>The table of what a journal knows: its last plan's jobs, then the others that cost or may cost.</summary>
    public static ResultsTable Of(JournalContents journal)
    {
        List<ResultRow> rows =
        [
            .. journal.Planned.Select(job => new ResultRow(job.Spec, journal.Owner(job).State)),
            .. journal.Jobs.Where(job => !job.IsPlanned && job.Shares is null && job.State.Spent + job.State.Reserved > 0)
                .Select(job => new ResultRow(job.Spec, job.State, IsOrphaned: true)),
        ];
        return new ResultsTable(AxesOf(rows), rows);
    }

    // Axes and columns in the order in which jobs first name them; an orphan may bring some that the plan has no more.
    static List<Axis> AxesOf(List<ResultRow> rows)
    {
        var axes = new List<(string Name, List<string> Columns)>();
        IReadOnlyList<string>? same = null;
        foreach (var row in rows.SelectMany(row => row.Job.Rows))
        {
            var at = axes.FindIndex(axis => axis.Name == row.Axis);
            if (at < 0)
            {
                at = axes.Count;
                axes.Add((row.Axis, []));
            }

            if (!ReferenceEquals(same, row.Columns))
            {
                axes[at].Columns.AddRange(row.Columns.Where(column => !axes[at].Columns.Contains(column)));
                same = row.Columns;
            }
        }

        return [.. axes.Select(axis => new Axis(axis.Name, axis.Columns))];
    }
}

/// <summary>A job and how far it has come.</summary>
/// <param name="Job">What was planned.</param>
/// <param name="State">What the journal knows.</param>
/// <param name="IsOrphaned">Its row is gone from the manifest.</param>
sealed record ResultRow(JobSpec Job, JobState State, bool IsOrphaned = false)
{
    readonly StoredJob job = Job.Stored;

    /// <summary>What was planned.</summary>
    public JobSpec Job { get => job.Job; init => job = value.Stored; }

    /// <summary>It was screened, but by no rule that the manifest still has.</summary>
    public bool IsCleared { get; init; }

    /// <summary>Somebody has to do something about it, or to know why nothing more is done.</summary>
    public bool NeedsSomebody => State.Status is JobStatus.Failed or JobStatus.Unknown or JobStatus.Cancelled or JobStatus.Screened
        || State.LacksFiles;

    /// <summary>Why it failed, what that means and whether it was charged; why it is unknown, and what that may have cost; or null.</summary>
    public string? Failure => State.Phase == JobPhase.Unknown ? UnknownWords.Of(Job, State)
        : State.Failure is not null ? FailureWords.Of(State)
        : IsCleared ? "no screening rule stops it any more" : State.Reason;

    /// <summary>Runway's code, or the name of our own class of failure, or null.</summary>
    public string? FailureCode => State.Failure is { } failure ? failure.Code ?? failure.Class : null;

    /// <summary>The most it may cost, or null if nobody knows; a job that shares another's file costs nothing.</summary>
    public decimal? EstimatedCredits => Job.SharesWith is null ? Job.EstimatedCredits : 0;

    /// <summary>What all its tasks did cost by Runway's word, or null while nobody has said.</summary>
    public decimal? CostCredits => Job.SharesWith is not null ? 0
        : State.Attempts.Any(attempt => attempt.Cost is not null) ? State.Spent
        : null;

    /// <summary>Between the create and the first frame.</summary>
    public decimal? QueuedSeconds => Seconds(State.Current?.SubmittedAt, State.Current?.RunningSince);

    /// <summary>Between the first frame and the end of the task.</summary>
    public decimal? RunningSeconds => Seconds(State.Current?.RunningSince, State.Current?.EndedAt);

    /// <summary>Between the end of the task and its last file on disk.</summary>
    public decimal? DownloadSeconds => Seconds(State.Current?.EndedAt, State.SavedAt);

    /// <summary>Between the create and the end of everything.</summary>
    public decimal? TotalSeconds => Seconds(State.Current?.SubmittedAt, State.SavedAt ?? State.Current?.EndedAt);

    /// <summary>What the user can do about it, or null if there is nothing to do.</summary>
    public string? NextStep => NextStepOf(Job.Id);

    /// <summary>The same with another word for the job, where several are told as one.</summary>
    public string? NextStepOf(string job) => State.Status switch
    {
        JobStatus.Failed => FailureClasses.Named(State.Failure?.Class ?? "")?.NextStep,
        JobStatus.Running when State.Phase == JobPhase.Intent =>
            "it is being submitted by the run that holds the folder",
        JobStatus.Running when State.LacksFiles =>
            "if the file is there, move it away; then run again: it is downloaded again, not paid again",
        JobStatus.Running => "run again: it is picked up, not paid again",
        JobStatus.Unknown => "look in Runway's usage page whether it was charged; then "
            + $"`batchrunner resolve BATCH {job}` with `--task ID` or `--not-charged` or `--resubmit`",
        JobStatus.Cancelled => "run with `--only cancelled` to submit it again",
        JobStatus.Screened when IsCleared => "run again: it is submitted",
        JobStatus.Screened when State.IsModerated =>
            "change the prompt; or run with `--only screened`, which asks the endpoint again, or no endpoint if none is named",
        JobStatus.Screened => "change the prompt, or the screening rule",
        _ => null,
    };

    // To a tenth, from whole milliseconds as the journal keeps them, so that a state read back gives the same bytes. Never
    // negative, for a clock may have been set back.
    static decimal? Seconds(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to is { } end
            ? Math.Max(0, (end.ToUnixTimeMilliseconds() - start.ToUnixTimeMilliseconds()) / 100) / 10m
            : null;
}
