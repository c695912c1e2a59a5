using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Scheduling;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.Scheduling.Steps;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class CancelSpecs
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "Cancelled", 1)]
    [InlineData(30, "Cancelled", 1)]
    [InlineData(120, "Succeeded", 0)]
    public async Task What_has_not_ended_is_cancelled_and_what_has_succeeded_is_kept(int seconds, string phase, int deletes)
    {
        using var bench = new RunBench();
        bench.Runway.Script = (_, _) => new FakeScript { Pending = TimeSpan.FromSeconds(20) };
        using var drain = new CancellationTokenSource();
        bench.Runway.BeforeAnswer = async (_, _) => await drain.CancelAsync();
        await bench.Run(MadeJobs.Several(1), new RunSignals(() => StopReason.Interrupted, drain.Token, default));
        bench.Clock.Advance(TimeSpan.FromSeconds(seconds));

        await using (var store = Assert.IsType<OpenAnswer.Opened>(
            await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock)).Store)
        {
            var work = new Work(MadeJobs.Job(0), store.Get(MadeJobs.Job(0).Key));
            var fact = await new AskStep(store, bench.Runway, new RunClock(bench.Clock)).Cancel(work, Cancel);

            Assert.Equal(phase, fact.State.Phase.ToString());
        }

        Assert.Equal(deletes, bench.Runway.DeleteCount);
        Assert.Equal(phase == "Cancelled" ? 25 : 0, bench.Journal.Reserved);
    }

    [Fact]
    public async Task A_cancelled_job_is_not_submitted_again_unless_asked()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = task => new BatchRunner.Runway.TaskAnswer.Found(
            task.At(bench.Clock.GetUtcNow()) with { Status = BatchRunner.Runway.TaskStatus.Cancelled, CostCredits = 0 });

        var outcome = await bench.Run(MadeJobs.Several(2));
        await bench.Run(MadeJobs.Several(2));

        Assert.Equal((3, 2, 2), (outcome.ExitCode, outcome.Summary.Cancelled, bench.Runway.CreateCount));
        Assert.All(bench.Journal.Jobs, job => Assert.Equal(JobPhase.Cancelled, job.State.Phase));
    }
}
