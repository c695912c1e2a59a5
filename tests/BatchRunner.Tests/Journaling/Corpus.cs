using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Journaling;

/// <summary>One record of every kind.</summary>
static class Corpus
{
    public static readonly DateTimeOffset At = new(2026, 11, 20, 9, 0, 0, 123, TimeSpan.Zero);

    public static IReadOnlyList<JournalRecord> All { get; } =
    [
        new JournalRecord.Headed(new JournalHeader
        {
            Format = 1, Tool = "0.1.0", KeyVersion = 1, Folder = "f00d", Name = "made", Against = "api.example",
        }),
        new JournalRecord.AxisNamed(1, "message", MadeJobs.Job(0).Rows[0].Columns),
        new JournalRecord.JobNamed(1, MadeJobs.Job(0), null),
        new JournalRecord.JobNamed(2, MadeJobs.Job(1, prompt: "Überraschung \\\"für\\\" dich \\n 😀 </script>", credits: null), null),
        new JournalRecord.Planned([1, 2]),
        new JournalRecord.Retaken(1, 2),
        new JournalRecord.Began(new RunOrigin
        {
            Tool = "0.1.0", Files = [new OriginPart("../../batch.yaml", "00ff")], Templates = [new OriginPart("calm", "01ff")],
            Commit = "c0ffee", IsDirty = true,
        }),
        new JournalRecord.Began(new RunOrigin { Tool = "0.1.0", Files = [], Templates = [] }),
        new JournalRecord.TailCut(17),
        .. Events.Select(e => new JournalRecord.Happened(1, e)),
    ];

    static IEnumerable<JobEvent> Events =>
    [
        new JobEvent.Intended(At, 1, 25.5m),
        new JobEvent.Submitted(At, 1, new TaskId("9a8b"), 30),
        new JobEvent.Submitted(At, 1, new TaskId("9a8b"), null),
        new JobEvent.Refused(At, 1, "too many\nrequests"),
        new JobEvent.Lost(At, 1, "reset"),
        new JobEvent.Hinted(At, 1, new AccountHint(100, 4), new AccountHint(75, 5)),
        new JobEvent.Seen(At, 1, TaskStatus.Throttled, null),
        new JobEvent.Seen(At, 1, TaskStatus.Running, 26),
        new JobEvent.Seen(At, 1, TaskStatus.Other, null),
        new JobEvent.Succeeded(At, 1, 0),
        new JobEvent.Succeeded(At, 1, null),
        new JobEvent.Saved(At, 1, [new JobFile("a/b.mp4", 12, "00ff"), new JobFile("a/b-2.mp4", 13, "01ff")]),
        new JobEvent.Missing(At, 1, "gone"),
        new JobEvent.Failed(At, 1, new JobFailure("SAFETY.INPUT.TEXT", "safety-input", false, "no"), 25),
        new JobEvent.Failed(At, 0, new JobFailure(null, "input-changed", false, "other bytes"), null),
        new JobEvent.CancelAsked(At, 1, CancelReason.User),
        new JobEvent.CancelAsked(At, 1, CancelReason.QueueTimeout),
        new JobEvent.Cancelled(At, 1, 3),
        new JobEvent.Settled(At, 1, 0),
        new JobEvent.Screened(At, "deny: competitor"),
        new JobEvent.Screened(At, "`api.example` flags its prompt", IsModerated: true),
        new JobEvent.Cleared(At),
        new JobEvent.RetryAsked(At),
        new JobEvent.TaskFound(At, 1, new TaskId("77"), "the user"),
        new JobEvent.NotCharged(At, 1),
        new JobEvent.ResubmitAllowed(At, 1),
        new JobEvent.Moved(At, [new JobFile("superseded/a.mp4", 12, "00ff")], true),
    ];
}
