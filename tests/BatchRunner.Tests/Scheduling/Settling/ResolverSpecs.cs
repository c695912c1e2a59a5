using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Settling;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Scheduling.Settling;

public sealed class ResolverSpecs : IDisposable
{
    readonly RunBench bench = new();
    readonly IReadOnlyList<JobSpec> jobs = MadeJobs.Several(2);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_task_that_was_found_is_collected_by_the_next_run_and_charged_once()
    {
        await LoseTheFirst();

        var settled = await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("task-1"), bench.Runway, false, default));
        var outcome = await bench.Run(jobs);

        Assert.IsType<Resolution.Settled>(settled);
        Assert.Equal((0, 2, 2, 50m, 0m), (outcome.ExitCode, outcome.Summary.Done, bench.Runway.CreateCount, outcome.Summary.Spent, outcome.Summary.Reserved));
    }

    [Fact]
    public async Task What_the_found_task_says_is_recorded_at_once()
    {
        await LoseTheFirst();
        bench.Clock.Advance(TimeSpan.FromMinutes(3));

        var settled = Assert.IsType<Resolution.Settled>(
            await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("task-1"), bench.Runway, false, default)));

        Assert.Equal((JobPhase.Succeeded, 25m, 0m), (settled.After.Phase, settled.After.Spent, settled.After.Reserved));
        Assert.Equal(JobPhase.Succeeded, State.Phase);
    }

    [Fact]
    public async Task A_task_of_another_job_is_refused_whatever_its_case()
    {
        await LoseTheFirst();

        var refused = await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("TASK-2"), bench.Runway, true, default));

        Assert.Equal(jobs[1].Id, Assert.IsType<Resolution.Taken>(refused).Owner.Id);
        Assert.Equal(JobPhase.Unknown, State.Phase);
    }

    [Fact]
    public async Task A_task_that_is_not_there_is_refused()
    {
        await LoseTheFirst();

        Assert.IsType<Resolution.NoSuchTask>(
            await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("task-9"), bench.Runway, true, default)));
        Assert.Equal(JobPhase.Unknown, State.Phase);
    }

    [Theory]
    [InlineData(-0.1, null, "made at")]
    [InlineData(2, null, "made at")]
    [InlineData(0, 50, "costs 50 credits by Runway's word, but the job's price is 25")]
    public async Task A_task_of_another_time_or_price_needs_a_person_who_is_sure(double hours, int? estimate, string reason)
    {
        await LoseTheFirst();
        bench.Runway.Ask = task => new TaskAnswer.Found(new TaskSnapshot
        {
            Id = task.Id,
            Status = TaskStatus.Running,
            StatusWord = "RUNNING",
            CreatedAt = (State.Current?.IntendedAt ?? default) + TimeSpan.FromHours(hours),
            EstimatedCredits = estimate,
        });

        var doubtful = await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("task-1"), bench.Runway, false, default));
        var before = State.Phase;
        var settled = await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("task-1"), bench.Runway, true, default));

        Assert.Contains(reason, Assert.Single(Assert.IsType<Resolution.Doubtful>(doubtful).Reasons), StringComparison.Ordinal);
        Assert.Equal(JobPhase.Unknown, before);
        Assert.IsType<Resolution.Settled>(settled);
        Assert.Equal((JobPhase.Submitted, (decimal)(estimate ?? 25)), (State.Phase, State.Reserved));
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(25, false)]
    [InlineData(0, false)]
    public async Task Of_a_task_that_is_over_what_it_cost_is_its_price_unless_that_was_nothing(int cost, bool isDoubted)
    {
        await LoseTheFirst();
        bench.Runway.Ask = task => new TaskAnswer.Found(new TaskSnapshot
        {
            Id = task.Id,
            Status = cost == 0 ? TaskStatus.Failed : TaskStatus.Succeeded,
            StatusWord = cost == 0 ? "FAILED" : "SUCCEEDED",
            CreatedAt = State.Current?.IntendedAt,
            CostCredits = cost,
        });

        var answer = await Resolve(resolver => resolver.Adopt(jobs[0].Key, new TaskId("task-1"), bench.Runway, false, default));

        Assert.Equal(isDoubted, answer is Resolution.Doubtful);
        Assert.Equal(isDoubted, State.Phase == JobPhase.Unknown);
    }

    [Fact]
    public async Task Not_charged_gives_the_reservation_back_and_the_next_run_submits()
    {
        await LoseTheFirst(isMade: false);

        var settled = Assert.IsType<Resolution.Settled>(await Resolve(resolver => resolver.NotCharged(jobs[0].Key)));
        var outcome = await bench.Run(jobs);

        Assert.Equal((25m, 0m), (settled.Before.Reserved, settled.After.Reserved));
        Assert.Equal((0, 3, 50m, 0m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent, outcome.Summary.Reserved));
    }

    [Fact]
    public async Task Resubmit_keeps_the_reservation_for_ever_and_the_next_run_submits()
    {
        await LoseTheFirst();

        Assert.IsType<Resolution.Settled>(await Resolve(resolver => resolver.Resubmit(jobs[0].Key)));
        var outcome = await bench.Run(jobs);

        Assert.Equal((0, 3, 50m, 25m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent, outcome.Summary.Reserved));
        Assert.Equal(75, bench.Runway.Charged);
    }

    [Fact]
    public async Task Only_an_unknown_job_is_settled_and_only_once()
    {
        await LoseTheFirst();

        var done = await Resolve(resolver => resolver.NotCharged(jobs[1].Key));
        await Resolve(resolver => resolver.NotCharged(jobs[0].Key));
        var again = await Resolve(resolver => resolver.Resubmit(jobs[0].Key));

        Assert.Equal(JobPhase.Done, Assert.IsType<Resolution.NotUnknown>(done).State.Phase);
        Assert.Equal(JobPhase.Planned, Assert.IsType<Resolution.NotUnknown>(again).State.Phase);
    }

    [Fact]
    public async Task A_word_that_can_not_be_saved_is_told()
    {
        await LoseTheFirst();
        bench.Disk = new FakeDisk { FailsWrite = _ => true };

        Assert.IsType<Resolution.DiskFailed>(await Resolve(resolver => resolver.NotCharged(jobs[0].Key)));
        Assert.Equal(JobPhase.Unknown, State.Phase);
    }

    JobState State => bench.Journal.Find(jobs[0].Key)?.State ?? JobState.New;

    async Task LoseTheFirst(bool isMade = true)
    {
        bench.Runway.Script = (number, _) => number == 1 ? new FakeScript { IsLost = true, IsNeverMade = !isMade } : new FakeScript();
        var outcome = await bench.Run(jobs);
        Assert.Equal((7, 1), (outcome.ExitCode, outcome.Summary.Unknown));
    }

    async Task<Resolution> Resolve(Func<Resolver, Task<Resolution>> word)
    {
        var opened = Assert.IsType<OpenAnswer.Opened>(await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock));
        await using var store = opened.Store;
        return await word(new Resolver(store, bench.Clock));
    }
}
