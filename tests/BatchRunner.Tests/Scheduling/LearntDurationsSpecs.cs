using BatchRunner.Scheduling.Dispatching;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class LearntDurationsSpecs
{
    [Fact]
    public async Task How_long_tasks_ran_is_in_the_journal_for_the_next_run()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (_, _) => new FakeScript { Runs = TimeSpan.FromSeconds(90) };
        await bench.Run(MadeJobs.Several(12));

        var learnt = LearntDurations.From(bench.Journal, TimeSpan.FromSeconds(5));

        // Seen RUNNING only when it is asked for, a task is not timed from there: that would be half as long.
        Assert.InRange(learnt.Mean(DurationClass.Of(MadeJobs.Job(0))).TotalSeconds, 65, 100);
    }

    [Fact]
    public async Task A_task_that_was_picked_up_teaches_nothing()
    {
        using var bench = new RunBench();
        bench.Options = bench.Options with { RunningTimeout = TimeSpan.FromSeconds(30) };
        bench.Runway.Script = (_, _) => new FakeScript { Runs = TimeSpan.FromMinutes(10) };
        await bench.Run(MadeJobs.Several(3));
        Assert.All(bench.Journal.Jobs, job => Assert.Null(job.State.Current?.Ran));

        bench.Clock.Advance(TimeSpan.FromMinutes(20));
        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal(3, outcome.Summary.Done);
        Assert.All(bench.Journal.Jobs, job => Assert.Null(job.State.Current?.Ran));
    }
}
