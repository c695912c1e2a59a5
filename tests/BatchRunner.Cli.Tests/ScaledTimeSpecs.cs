using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

public sealed class ScaledTimeSpecs
{
    readonly ManualClock clock = new();

    [Fact]
    public void Fifty_seconds_pass_in_one()
    {
        var time = new ScaledTime(clock, 50, clock.GetUtcNow());
        var (start, stamp) = (time.GetUtcNow(), time.GetTimestamp());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(50), time.GetUtcNow() - start);
        Assert.Equal(TimeSpan.FromSeconds(50), time.GetElapsedTime(stamp));
    }

    [Fact]
    public void A_timer_of_fifty_seconds_fires_after_one()
    {
        var time = new ScaledTime(clock, 50, clock.GetUtcNow());
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(100));

        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, fired);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, fired);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, fired);
    }

    [Fact]
    public void A_short_wait_never_becomes_none()
    {
        var time = new ScaledTime(clock, 1000, clock.GetUtcNow());
        var fired = false;
        using var timer = time.CreateTimer(_ => fired = true, null, TimeSpan.FromMicroseconds(10), Timeout.InfiniteTimeSpan);

        Assert.Equal(TimeSpan.FromMilliseconds(1), clock.Next - clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(fired);
    }

    [Fact]
    public void It_starts_where_it_is_told()
    {
        var later = clock.GetUtcNow().AddHours(3);

        var time = new ScaledTime(clock, 50, later);

        Assert.Equal(later, time.GetUtcNow());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(10_000)]
    public void Half_an_hour_of_a_simulated_run_ends_in_the_past(int scale)
    {
        using var interrupts = new Interrupts();
        var begun = clock.GetUtcNow();
        var time = Composition.SimulatedTime(scale, Journaling.JournalContents.Empty, new Surroundings
        {
            Output = TextWriter.Null, Error = TextWriter.Null, Variable = _ => null, Time = clock, Interrupts = interrupts,
        });

        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(time.GetUtcNow() <= clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(clock.GetUtcNow(), time.GetUtcNow());
        Assert.Equal(scale > 1, time.GetUtcNow() - TimeSpan.FromMinutes(30 * scale) < begun);
    }
}
