using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class VirtualRunSpecs(ITestOutputHelper output)
{
    static List<TimeSpan> Durations(int count, int seed, double least = 30, double most = 120)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => TimeSpan.FromSeconds(least + random.NextDouble() * (most - least)))];
    }

    // Memory that is asked for stands for work of any kind: what looks through all the jobs for each of them shows in it, or in
    // how long this takes.
    static double BytesAJob(int jobs)
    {
        var durations = Durations(jobs, seed: 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        VirtualRun.Of(durations, 20);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)jobs;
    }

    [Fact]
    public void A_job_costs_the_same_however_many_there_are()
    {
        BytesAJob(100);
        var (few, many) = (BytesAJob(1_500), BytesAJob(6_000));

        output.WriteLine($"{few:0} bytes a job, and {many:0} with four times as many");
        Assert.InRange(many / few, 0, 1.2);
    }

    [Fact]
    public void Nothing_is_kept_of_what_was_under_way_for_a_job_before_it_begins_or_when_it_is_done_with()
    {
        var result = VirtualRun.Of(Durations(200, 1), 5);

        Assert.Equal(200, result.Done);
        Assert.InRange(result.MostPursued, 5, 20);
        Assert.Equal(0, result.StillPursued);
    }

    [Theory]
    [InlineData(1, 1.05)]
    [InlineData(3, 1.05)]
    [InlineData(5, 1.02)]
    [InlineData(10, 1.02)]
    [InlineData(20, 1.02)]
    public void Slots_are_kept_busy_with_few_asks(int slots, double most)
    {
        var result = VirtualRun.Of(Durations(1_000, seed: slots), slots);

        output.WriteLine($"{slots} slots: {result.Ratio:0.0000} of the ideal, {result.AsksPerJob:0.00} asks a job, {result.Throttled} throttled");
        Assert.Equal(1_000, result.Done);
        Assert.InRange(result.Ratio, 1, most);
        Assert.InRange(result.AsksPerJob, 1, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(300)]
    public void Tasks_that_take_the_same_time_are_asked_for_at_the_right_one(double seconds)
    {
        var result = VirtualRun.Of(Durations(500, 1, seconds, seconds * 1.1), 5);

        output.WriteLine($"{seconds} s: {result.Ratio:0.0000} of the ideal, {result.AsksPerJob:0.00} asks a job");
        Assert.Equal(500, result.Done);
        Assert.InRange(result.AsksPerJob, 1, 5);
    }

    [Fact]
    public void An_account_with_fewer_slots_than_it_says_is_noticed()
    {
        var result = VirtualRun.Of(Durations(300, 1), slots: 3, toldSlots: 10);

        output.WriteLine($"{result.Ratio:0.0000} of the ideal, {result.AsksPerJob:0.00} asks a job, {result.Throttled} throttled");
        Assert.Equal(300, result.Done);
        Assert.InRange(result.Ratio, 1, 1.05);
    }

    [Fact]
    public void All_tasks_together_are_asked_for_no_more_than_so_often()
    {
        var result = VirtualRun.Of(Durations(300, 1), 60, new RunOptions { PollsPerSecond = 2, PollWorkers = 100 });

        output.WriteLine($"{result.AsksPerJob:0.00} asks a job, {result.ClosestAsks.TotalMilliseconds} ms apart at least");
        Assert.Equal(300, result.Done);
        Assert.InRange(result.ClosestAsks, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.6));
    }

    [Fact]
    public void Without_tasks_ahead_it_still_ends()
    {
        var result = VirtualRun.Of(Durations(200, 1), 3, new RunOptions { Ahead = 0 });

        output.WriteLine($"{result.Ratio:0.0000} of the ideal, {result.AsksPerJob:0.00} asks a job");
        Assert.Equal(200, result.Done);
    }
}
