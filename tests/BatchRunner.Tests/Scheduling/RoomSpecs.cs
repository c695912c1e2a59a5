using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

/// <summary>Nothing is paid for that might not fit on the disk.</summary>
public class RoomSpecs
{
    const long Megabyte = 1_000_000;

    [Fact]
    public async Task Without_room_for_one_clip_nothing_is_sent()
    {
        using var bench = new RunBench();
        bench.Downloads.Free = () => 3 * Megabyte;

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((11, 0, 3), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Planned));
        Assert.Contains(bench.View.Notes, note => note.StartsWith("the disk of the run's folder has 3 MB free, and with `job-", StringComparison.Ordinal)
            && note.EndsWith("` what is to come may need 10 MB; it was not submitted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_room_for_two_at_a_time_no_third_is_under_way_and_all_are_made()
    {
        using var bench = new RunBench(slots: 5);
        bench.Downloads.Free = () => 21 * Megabyte;
        var most = 0;
        bench.Runway.BeforeAnswer = (_, _) =>
        {
            most = Math.Max(most, bench.Journal.Jobs.Count(job => job.State.HoldsSlot));
            return Task.CompletedTask;
        };

        var outcome = await bench.Run([MadeJobs.Job(0), MadeJobs.Job(1), MadeJobs.Job(2)]);

        Assert.Equal((0, 3), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Clips_that_came_say_how_large_the_next_will_be()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        bench.Downloads.Free = () => 2 * Megabyte;

        var outcome = await bench.Run(MadeJobs.Several(4));

        Assert.Equal((0, 4), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_disk_that_fills_up_stops_submitting_and_what_is_paid_for_is_collected()
    {
        using var bench = new RunBench(slots: 2);
        bench.Downloads.Free = () => bench.Runway.CreateCount >= 5 ? Megabyte : 900 * Megabyte;

        var outcome = await bench.Run(MadeJobs.Several(20));

        Assert.Equal((11, 5, 5), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Done));
        Assert.Contains(StopReason.DiskFailed, outcome.Stops);
    }

    [Fact]
    public async Task A_disk_that_is_too_small_for_all_of_it_is_said_before_anything_is_sent()
    {
        using var bench = new RunBench();
        bench.Downloads.Free = () => 60 * Megabyte;

        await bench.Run(MadeJobs.Several(12));

        Assert.StartsWith("the disk of the run's folder has 60 MB free, and all that is to come may need 120 MB", bench.View.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_back_by_the_cap_does_not_wait_for_a_task_that_was_given_up()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { MaxCredits = 30 };
        bench.Runway.Script = (_, _) => new FakeScript { Runs = TimeSpan.FromHours(9) };

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((5, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromMinutes(30), TimeSpan.FromHours(2));
    }
}
