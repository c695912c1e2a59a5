using System.Threading.Channels;
using BatchRunner.Scheduling;

namespace BatchRunner.Tests.Scheduling;

public class LaneSpecs
{
    [Fact]
    public async Task A_lane_that_broke_does_not_keep_anybody_waiting_for_room()
    {
        var told = new TaskCompletionSource<Exception>();
        var lane = new Lane<int>(1, 1, _ => throw new InvalidOperationException("broken"), told.SetResult);

        await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            while (true)
            {
                await lane.Put(1);
            }
        });

        Assert.Equal("broken", (await told.Task).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(lane.Close);
    }

    [Fact]
    public async Task Closing_waits_for_everything_that_was_put_in()
    {
        var sum = 0;
        var lane = new Lane<int>(3, 2, number => Task.FromResult(Interlocked.Add(ref sum, number)), _ => { });
        for (var i = 1; i <= 100; i++)
        {
            await lane.Put(i);
        }

        await lane.Close();

        Assert.Equal(5050, sum);
    }
}
