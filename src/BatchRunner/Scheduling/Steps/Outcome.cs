using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;

namespace BatchRunner.Scheduling.Steps;

/// <summary>Turns the store's answers into facts.</summary>
static class Outcome
{
    public static Fact Of(Work work, AppendAnswer answer, TaskSnapshot? seen = null) => answer switch
    {
        AppendAnswer.Appended appended => new Fact.Moved(work, appended.State) { Seen = seen },
        AppendAnswer.Ignored ignored => new Fact.Moved(work, ignored.State) { Seen = seen },
        AppendAnswer.Stale stale => new Fact.Moved(work, stale.State),
        AppendAnswer.DiskFailed failed => new Fact.DiskFailed(work, work.State, $"the journal can't be written: {failed.Reason}"),
        _ => throw new InvalidOperationException($"no such answer: {answer}"),
    };
}
