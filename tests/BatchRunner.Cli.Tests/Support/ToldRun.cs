using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>A run that is only told: the same seven jobs, with everything that can happen to one, second by second.</summary>
sealed class ToldRun
{
    static readonly SourceFile Sheet = new("data/messages, all.csv", "/home/ci/repo/ads/data/messages, all.csv");

    static readonly IReadOnlyList<JobSpec> Jobs =
    [
        .. new[] { "calm-m01-wide", "calm-m01-tall", "calm-m02-wide", "calm-m02-tall", "bold-m01-wide", "bold-m01-tall", "bold-m02-wide" }
            .Select((id, i) => MadeJobs.Job(i, id) with { Place = new SourcePlace(Sheet, i + 2, 5) }),
    ];

    readonly int[] counts = new int[Enum.GetValues<Count>().Length];

    public ManualClock Clock { get; } = new();

    enum Count
    {
        Planned,
        Queued,
        Running,
        Downloading,
        Done,
        Failed,
        Unknown,
        Cancelled,
        Screened,
    }

    RunSummary Now => new()
    {
        Total = Jobs.Count,
        Planned = this[Count.Planned],
        Queued = this[Count.Queued],
        Running = this[Count.Running],
        Downloading = this[Count.Downloading],
        Done = this[Count.Done],
        Failed = this[Count.Failed],
        Unknown = this[Count.Unknown],
        Cancelled = this[Count.Cancelled],
        Screened = this[Count.Screened],
        Spent = 25 * (this[Count.Done] + this[Count.Downloading] + this[Count.Failed]),
        Reserved = 25 * (this[Count.Queued] + this[Count.Running] + this[Count.Unknown]),
        MaxCredits = 1000,
        MeanProgress = this[Count.Running] > 0 ? 0.42 : null,
        Remaining = this[Count.Planned] + this[Count.Queued] + this[Count.Running] > 0
            ? TimeSpan.FromSeconds(100 - (Clock.GetUtcNow().Second * 2))
            : null,
    };

    int this[Count count] => counts[(int)count];

    /// <summary>Tells it.</summary>
    /// <param name="view">Who is told.</param>
    /// <param name="meanwhile">What happens in the middle of it, when every count but two is above zero.</param>
    public void Tell(IRunView view, Action? meanwhile = null)
    {
        counts[(int)Count.Planned] = 6;
        counts[(int)Count.Screened] = 1;
        view.Note("simulating Runway at 127.0.0.1:4711, 50 times faster than real time");
        view.Started(Now);
        for (var i = 0; i < 5; i++)
        {
            Happens(view, i, JobNewsKind.Submitting, "", Count.Planned, Count.Queued);
            Happens(view, i, JobNewsKind.Submitted, $"task-{i + 1}");
        }

        Happens(view, 0, JobNewsKind.Throttled, "task-1");
        Happens(view, 0, JobNewsKind.Pending, "task-1");
        for (var i = 0; i < 5; i++)
        {
            Happens(view, i, JobNewsKind.Running, $"task-{i + 1}", Count.Queued, Count.Running, 0.42);
        }

        Happens(view, 0, JobNewsKind.Succeeded, "task-1", Count.Running, Count.Downloading);
        Happens(view, 0, JobNewsKind.Downloading, "");
        Happens(view, 1, JobNewsKind.Failed, "safety-output: SAFETY.OUTPUT: a \u001b[31mred\u001b[0m hand\r\n::error::forged", Count.Running, Count.Failed);
        Happens(view, 2, JobNewsKind.Retrying, "connection reset, asking again");
        view.Note("`gen4_turbo` has fewer free slots than expected: going on with 2");
        meanwhile?.Invoke();
        Happens(view, 0, JobNewsKind.Done, "clips/calm-m01-wide.mp4", Count.Downloading, Count.Done);
        Happens(view, 2, JobNewsKind.Cancelled, "task-3", Count.Running, Count.Cancelled);
        Happens(view, 5, JobNewsKind.Submitting, "", Count.Planned, Count.Queued);
        Happens(view, 5, JobNewsKind.Unknown, "connection reset after the request was sent", Count.Queued, Count.Unknown);
        foreach (var i in new[] { 3, 4 })
        {
            Happens(view, i, JobNewsKind.Succeeded, $"task-{i + 1}", Count.Running, Count.Downloading);
            Happens(view, i, JobNewsKind.Done, $"clips/{Jobs[i].Id}.mp4", Count.Downloading, Count.Done);
        }

        view.Finished(Now);
    }

    /// <summary>Says the end of it.</summary>
    public void End(Voice voice)
    {
        var request = new RunRequest
        {
            Batch = new BatchRequest("batch.yaml", IsSimulated: false, null, null, null), Selection = new Selection([], new HashSet<JobStatus>(), null),
        };
        var place = new RunPlace(new RunFolder("/nowhere/out/ads"), "out/ads");
        var outcome = new RunOutcome { Summary = Now, UnknownCount = 1, FailedCount = 3 };
        new EndView(voice, place, request, TimeSpan.FromSeconds(31)).Write(outcome, new ResultsTable([], [.. Jobs.Select(Row)]), null, id => Jobs.First(job => job.Id == id).Place);
    }

    /// <summary>A voice into two writers, of somebody at a terminal of 80 cells or of nobody.</summary>
    public Voice VoiceInto(TextWriter output, TextWriter error, DiagnosticForm form, int? width = null, bool isGitHub = false) => new(
        new Surroundings
        {
            Output = output, Error = error, Time = Clock, Interrupts = new Interrupts(), TalkWidth = width,
            Variable = name => name switch { "GITHUB_ACTIONS" when isGitHub => "true", "GITHUB_WORKSPACE" when isGitHub => "/home/ci/repo", _ => null },
        },
        form, mayColour: false);

    void Happens(IRunView view, int job, JobNewsKind kind, string text, Count? from = null, Count? to = null, double? progress = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        if (from is { } left && to is { } entered)
        {
            counts[(int)left]--;
            counts[(int)entered]++;
        }

        view.Job(Jobs[job], new JobNews(kind, text, progress), Now);
    }

    ResultRow Row(JobSpec job)
    {
        var at = Clock.GetUtcNow();
        JobEvent[] life = [new JobEvent.Intended(at, 1, 25), new JobEvent.Submitted(at, 1, new TaskId("task"), null)];
        JobEvent[] events = job.Index switch
        {
            1 => [.. life, new JobEvent.Failed(at, 1, new JobFailure("SAFETY.OUTPUT", "safety-output", false, "a \u001b[31mred hand"), 25)],
            2 => [.. life, new JobEvent.Cancelled(at, 1, 0)],
            5 => [life[0], new JobEvent.Lost(at, 1, "connection reset after the request was sent")],
            6 => [new JobEvent.Screened(at, "competitor")],
            _ => [.. life, new JobEvent.Succeeded(at, 1, 25), new JobEvent.Saved(at, 1, [new JobFile(job.Output + ".mp4", 82_000, "00")])],
        };
        return new ResultRow(job, events.Aggregate(JobState.New, JobLife.Apply));
    }
}
