using BatchRunner.Scheduling.Dispatching;

namespace BatchRunner.Tests.Scheduling.Dispatching;

public class BackoffSpecs
{
    [Theory]
    [InlineData(1, 0.5, 5)]
    [InlineData(2, 0.5, 10)]
    [InlineData(3, 0.5, 20)]
    [InlineData(4, 0.5, 30)]
    [InlineData(1_000_000, 0.5, 30)]
    [InlineData(3, 0.0, 15)]
    [InlineData(3, 1.0, 25)]
    public void A_wait_doubles_up_to_half_a_minute_and_is_a_quarter_more_or_less(int troubles, double dice, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Of(troubles, null, TimeSpan.FromSeconds(5), () => dice));

    [Theory]
    [InlineData(90, 90)]
    [InlineData(3600, 300)]
    public void A_wish_is_kept_up_to_five_minutes(int wish, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Of(1, TimeSpan.FromSeconds(wish), TimeSpan.FromSeconds(5), () => 1));
}
