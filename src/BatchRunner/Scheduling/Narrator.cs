using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Scheduling.Dispatching;
using Microsoft.Extensions.Logging;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling;

/// <summary>Tells the person watching and the log what happens, and in the end how it went.</summary>
sealed partial class Narrator(RunParts parts, RunClock clock, Dispatcher dispatcher, IReadOnlyList<Work> works)
{
    readonly int total = works.Sum(work => work.Rows);
    readonly HashSet<JobKey> heldBack = [];

    public void Began() => parts.View.Started(Summary());

    public void Ordered(Order order)
    {
        Log.Ordered(parts.Log, order.GetType().Name, order.Work.Spec.Id);
        var news = order switch
        {
            Order.Submit => new JobNews(JobNewsKind.Submitting, ""),
            Order.Download => new JobNews(JobNewsKind.Downloading, ""),
            _ => null,
        };
        if (news is not null)
        {
            parts.View.Job(order.Work.Spec, news, Summary());
        }
    }

    public void Happened(Fact fact, JobState before)
    {
        var state = fact.Work.State;
        var text = TextOf(fact);
        Log.Happened(parts.Log, fact.Work.Spec.Id, fact.GetType().Name, state.Phase, state.Task?.Value, text);
        // What does not fit below the cap or on the disk is tried anew whenever something ended, and told of once.
        var isOld = fact is Fact.NotSubmitted { Obstacle: Obstacle.Budget or Obstacle.NoRoom } && !heldBack.Add(fact.Work.Key);
        if (!isOld && NewsOf(fact, before, text) is { } news)
        {
            parts.View.Job(fact.Work.Spec, news, Summary());
        }
    }

    public void Say()
    {
        while (dispatcher.Rules.Notes.TryDequeue(out var note))
        {
            Log.Noted(parts.Log, note);
            parts.View.Note(note);
        }
    }

    public RunOutcome Ended()
    {
        foreach (var work in works)
        {
            if (work.LeftBecause is { } reason)
            {
                parts.View.Note($"`{work.Spec.Id}` is left as it is: {reason}");
            }
        }

        var summary = Summary();
        parts.View.Finished(summary);
        var outcome = new RunOutcome
        {
            Summary = summary,
            RunningCount = summary.Queued + summary.Running + summary.Downloading,
            UnknownCount = summary.Unknown,
            FailedCount = summary.Failed + summary.Cancelled + summary.Screened,
            PlannedCount = summary.Planned,
            Stops = dispatcher.Rules.Stops,
        };
        Log.Ended(parts.Log, outcome.ExitCode, summary.Done, summary.Total);
        return outcome;
    }

    RunSummary Summary()
    {
        var standings = dispatcher.Standings;
        var (spent, reserved) = parts.Store.Money;
        return new RunSummary
        {
            Total = total,
            Planned = standings[Standing.Planned],
            Queued = standings[Standing.Queued],
            Running = standings[Standing.Running],
            Downloading = standings[Standing.Downloading],
            Done = standings[Standing.Done],
            Failed = standings[Standing.Failed],
            Unknown = standings[Standing.Unknown],
            Cancelled = standings[Standing.Cancelled],
            Screened = standings[Standing.Screened],
            Spent = spent,
            Reserved = reserved,
            MaxCredits = parts.Options.MaxCredits,
            MeanProgress = dispatcher.Forecast.MeanProgress(),
            Elapsed = clock.Now - clock.Start,
            Remaining = dispatcher.Forecast.Remaining(clock.Now),
        };
    }

    static JobNews? NewsOf(Fact fact, JobState before, string text)
    {
        var state = fact.Work.State;
        if (fact is Fact.Trouble or Fact.DownloadTrouble or Fact.Gone or Fact.NotSubmitted)
        {
            return new JobNews(JobNewsKind.Retrying, text);
        }

        var hasChanged = state.Phase != before.Phase || state.LastSeen != before.LastSeen;
        return state.Phase switch
        {
            JobPhase.Submitted when before.Phase is JobPhase.Planned or JobPhase.Failed => new JobNews(JobNewsKind.Submitted, text),
            JobPhase.Submitted when hasChanged || fact.Work.Pursuit.Progress is not null => new JobNews(KindOf(state.LastSeen), text, fact.Work.Pursuit.Progress),
            JobPhase.Succeeded when hasChanged => new JobNews(JobNewsKind.Succeeded, text),
            JobPhase.Done when hasChanged => new JobNews(JobNewsKind.Done, text),
            JobPhase.Failed when hasChanged => new JobNews(JobNewsKind.Failed, text),
            JobPhase.Cancelled when hasChanged => new JobNews(JobNewsKind.Cancelled, text),
            JobPhase.Unknown when hasChanged => new JobNews(JobNewsKind.Unknown, text),
            JobPhase.Planned when hasChanged => new JobNews(JobNewsKind.Retrying, "cancelled in the queue, to be submitted once more"),
            _ => null,
        };
    }

    static JobNewsKind KindOf(TaskStatus status) => status switch
    {
        TaskStatus.Throttled => JobNewsKind.Throttled,
        TaskStatus.Running => JobNewsKind.Running,
        _ => JobNewsKind.Pending,
    };

    static string TextOf(Fact fact) => fact switch
    {
        Fact.NotSubmitted refused => refused.Message,
        Fact.Trouble trouble => trouble.Reason,
        Fact.DownloadTrouble trouble => trouble.Reason,
        Fact.Gone => "task not found, asking again",
        Fact.KeyRefused refused => refused.Message,
        Fact.DiskFailed failed => failed.Reason,
        _ => fact.Work.State switch
        {
            { Phase: JobPhase.Failed, Failure: { } failure } => $"{failure.Class}: {failure.Message}",
            { Phase: JobPhase.Unknown, Reason: { } reason } => reason,
            { Phase: JobPhase.Done } state => string.Join("; ", state.Files.Select(file => file.Path)),
            { Task: { } task } => task.Value,
            _ => "",
        },
    };

    static partial class Log
    {
        [LoggerMessage(401, LogLevel.Information, "{Kind} {Job}")]
        public static partial void Ordered(ILogger log, string kind, string job);

        [LoggerMessage(402, LogLevel.Information, "{Job}: {Kind}, now {Phase}, task {Task}: {Text}")]
        public static partial void Happened(ILogger log, string job, string kind, JobPhase phase, string? task, string text);

        [LoggerMessage(403, LogLevel.Warning, "{Note}")]
        public static partial void Noted(ILogger log, string note);

        [LoggerMessage(404, LogLevel.Information, "ended with {ExitCode}: {Done} of {Total} done")]
        public static partial void Ended(ILogger log, int exitCode, int done, int total);
    }
}
