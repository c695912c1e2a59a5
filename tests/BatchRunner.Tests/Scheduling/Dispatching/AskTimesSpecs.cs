using BatchRunner.Jobs;
using BatchRunner.Scheduling;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling.Dispatching;

public class AskTimesSpecs
{
    static readonly DateTimeOffset T0 = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.5, 5.625)]
    [InlineData(1, 6.25)]
    public void A_task_is_asked_for_again_up_to_a_quarter_of_the_interval_after_it_may_be(double dice, double seconds)
    {
        var asks = new AskTimes(new RunOptions(), new LearntDurations(TimeSpan.FromSeconds(5)), () => dice);
        var work = new Work(MadeJobs.Job(0), JobState.New);
        asks.Place(work, T0);
        Assert.Same(work, asks.Take(T0));

        asks.Place(work, T0);

        Assert.Equal(T0.AddSeconds(seconds), asks.Next);
    }
}
