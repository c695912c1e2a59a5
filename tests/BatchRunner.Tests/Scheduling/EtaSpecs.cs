using BatchRunner.Scheduling.Dispatching.Forecasts;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class EtaSpecs(ITestOutputHelper output)
{
    static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void What_is_known_exactly_runs_down_with_the_clock()
    {
        var eta = new Eta();

        for (var second = 0; second < 100; second++)
        {
            Assert.Equal(Seconds(100 - second), eta.Tell(Start + Seconds(second), Seconds(100 - second)));
        }
    }

    [Fact]
    public void Estimates_that_waver_are_told_as_one_steady_word()
    {
        var eta = new Eta();
        var random = new Random(1);
        var last = eta.Tell(Start, Seconds(1_000));

        for (var second = 1; second < 900; second++)
        {
            var told = eta.Tell(Start + Seconds(second), Seconds((1_000 - second) * (0.8 + (0.4 * random.NextDouble()))));
            Assert.InRange((told - last)!.Value.TotalSeconds, -1 - ((1_000 - second) * 0.05), -1 + ((1_000 - second) * 0.05));
            Assert.InRange(told!.Value.TotalSeconds, (1_000 - second) * 0.75, (1_000 - second) * 1.25);
            last = told;
        }
    }

    [Fact]
    public void A_first_word_that_was_wrong_is_mended_within_a_tenth_of_the_time()
    {
        var eta = new Eta();
        eta.Tell(Start, Seconds(300));
        TimeSpan? told = null;

        for (var second = 1; second <= 100; second++)
        {
            told = eta.Tell(Start + Seconds(second), Seconds(1_000 - second));
        }

        Assert.InRange(told!.Value.TotalSeconds, 800, 900);
    }

    [Fact]
    public void As_long_as_something_is_left_the_end_is_not_in_the_past()
    {
        var eta = new Eta();
        eta.Tell(Start, Seconds(10));

        Assert.InRange(eta.Tell(Start + Seconds(60), Seconds(20))!.Value.TotalSeconds, 10, 20);
    }

    [Fact]
    public void Nothing_left_is_no_time()
    {
        var eta = new Eta();
        eta.Tell(Start, Seconds(10));

        Assert.Null(eta.Tell(Start + Seconds(5), null));
        Assert.Equal(Seconds(7), eta.Tell(Start + Seconds(6), Seconds(7)));
    }

    [Theory]
    [InlineData(4, 10, 30)]
    [InlineData(4, 8, 20)]
    [InlineData(1, 3, 30)]
    [InlineData(5, 2, 10)]
    [InlineData(2, 1_001, 5_010)]
    public void Equal_tasks_take_as_many_rounds_as_they_need(int slots, int count, double seconds) =>
        Assert.Equal(Seconds(seconds), SlotForecast.Of(slots, [], [(Seconds(10), count)]));

    [Fact]
    public void A_slot_that_is_taken_takes_its_next_task_later() =>
        Assert.Equal(Seconds(14), SlotForecast.Of(2, [Seconds(4), Seconds(9)], [(Seconds(10), 1)]));

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(20)]
    public void The_time_left_of_a_run_is_honest_and_does_not_jump(int slots)
    {
        var random = new Random(slots);
        var durations = Enumerable.Range(0, 500).Select(_ => Seconds(30 + (90 * random.NextDouble()))).ToList();

        var result = VirtualRun.Of(durations, slots);

        var all = result.Makespan;
        var learnt = result.Forecasts.Where(told => told.At > all * 0.2 && told.At < all * 0.9).ToList();
        // Before, too few have ended to say; and half a clip nobody can know: which of the last ones is a long one.
        var worst = learnt.Max(told => ((told.Left - (all - told.At)).Duration() - Seconds(37)) / (all - told.At));
        var jump = learnt.Zip(learnt.Skip(1)).Max(pair =>
            (pair.Second.Left - pair.First.Left + (pair.Second.At - pair.First.At)).Duration() / pair.First.Left);
        output.WriteLine($"{slots} slots: {learnt.Count} words, wrong by {worst:P1} and half a clip at most, moved by {jump:P1} at most");
        Assert.True(learnt.Count > 100);
        Assert.True(worst < 0.15);
        Assert.InRange(jump, 0, 0.05);
    }
}
