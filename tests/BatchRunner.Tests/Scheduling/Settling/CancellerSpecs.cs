using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.Scheduling.Settling;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Scheduling.Settling;

public sealed class CancellerSpecs : IDisposable
{
    readonly RunBench bench = new();
    readonly IReadOnlyList<JobSpec> jobs = MadeJobs.Several(1);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_task_that_is_gone_afterwards_is_cancelled_and_its_untold_cost_stays_reserved()
    {
        await LeaveRunning();

        var cancelled = Assert.IsType<Cancellation.Cancelled>(await Cancel());
        var again = await Cancel();

        Assert.Equal((JobPhase.Cancelled, 0m, 25m), (cancelled.State.Phase, cancelled.State.Spent, cancelled.State.Reserved));
        Assert.Equal(JobPhase.Cancelled, Assert.IsType<Cancellation.NotRunning>(again).State.Phase);
        Assert.Equal(1, bench.Runway.DeleteCount);
    }

    [Fact]
    public async Task A_cost_that_Runway_tells_settles_the_reservation()
    {
        await LeaveRunning();

        var cancelled = Assert.IsType<Cancellation.Cancelled>(await Cancel(new Telling(bench.Runway)));

        Assert.Equal((7m, 0m), (cancelled.State.Spent, cancelled.State.Reserved));
    }

    [Fact]
    public async Task A_task_that_has_succeeded_is_never_deleted_and_the_next_run_downloads_it()
    {
        await LeaveRunning();
        bench.Clock.Advance(TimeSpan.FromMinutes(2));

        var ended = Assert.IsType<Cancellation.Ended>(await Cancel());
        var outcome = await bench.Run(jobs);

        Assert.Equal((JobPhase.Succeeded, 0), (ended.State.Phase, bench.Runway.DeleteCount));
        Assert.Equal((0, 1, 25m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent));
    }

    [Fact]
    public async Task Nothing_is_deleted_before_the_wish_is_on_the_disk()
    {
        await LeaveRunning();
        bench.Disk = new FakeDisk { FailsSync = _ => true };

        Assert.IsType<Cancellation.DiskFailed>(await Cancel());

        Assert.Equal(0, bench.Runway.DeleteCount);
    }

    [Fact]
    public async Task What_is_not_confirmed_is_cancelled_by_a_later_run_that_submits_nothing()
    {
        await LeaveRunning();

        var (state, reason) = Assert.IsType<Cancellation.Unconfirmed>(await Cancel(new Deaf(bench.Runway)));
        var outcome = await bench.Run(jobs);

        Assert.Equal((JobPhase.Submitted, (CancelReason?)CancelReason.User), (state.Phase, state.CancelAsked));
        Assert.Equal("the service is away", reason);
        Assert.Equal((3, 1, 1), (outcome.ExitCode, bench.Runway.CreateCount, bench.Runway.DeleteCount));
        Assert.Equal(JobPhase.Cancelled, bench.Journal.Find(jobs[0].Key)?.State.Phase);
    }

    [Fact]
    public async Task A_run_that_finds_the_wish_without_its_end_confirms_it()
    {
        await LeaveRunning();

        Assert.IsType<Cancellation.Unconfirmed>(await Cancel(new Silent(bench.Runway)));
        var outcome = await bench.Run(jobs);

        Assert.Equal((3, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal(JobPhase.Cancelled, bench.Journal.Find(jobs[0].Key)?.State.Phase);
    }

    [Fact]
    public async Task When_Runway_can_not_be_asked_nothing_is_deleted()
    {
        await LeaveRunning();
        bench.Runway.Ask = _ => new TaskAnswer.Trouble("no route to host");

        Assert.Equal("no route to host", Assert.IsType<Cancellation.Unconfirmed>(await Cancel()).Reason);
        Assert.Equal(0, bench.Runway.DeleteCount);
    }

    [Fact]
    public async Task A_refused_key_is_told()
    {
        await LeaveRunning();
        bench.Runway.Ask = _ => new TaskAnswer.KeyRefused("no such key");

        Assert.Equal("no such key", Assert.IsType<Cancellation.KeyRefused>(await Cancel()).Message);
    }

    static TaskAnswer Found(FakeTask task, TaskStatus status, decimal? cost) => new TaskAnswer.Found(
        new TaskSnapshot { Id = task.Id, Status = status, StatusWord = status.ToString(), CostCredits = cost });

    async Task LeaveRunning()
    {
        using var drain = new CancellationTokenSource();
        bench.Runway.BeforeAnswer = async (_, _) => await drain.CancelAsync();
        await bench.Run(jobs, new RunSignals(() => StopReason.Interrupted, drain.Token, default));
        Assert.Equal(JobPhase.Submitted, bench.Journal.Find(jobs[0].Key)?.State.Phase);
    }

    async Task<Cancellation> Cancel(IRunway? runway = null)
    {
        var opened = Assert.IsType<OpenAnswer.Opened>(await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock));
        await using var store = opened.Store;
        return await bench.Clock.RunUntilEnd(
            new Canceller(store, runway ?? bench.Runway, bench.Clock).Cancel(jobs[0], TestContext.Current.CancellationToken));
    }

    /// <summary>Says of a deleted task what it cost, instead of 404.</summary>
    sealed class Telling(FakeRunway runway) : Around(runway)
    {
        public override Task<TaskAnswer> Get(TaskId id, CancellationToken cancel) => Fake.DeleteCount == 0
            ? base.Get(id, cancel)
            : Task.FromResult(Found(Fake.Ledger[0], TaskStatus.Cancelled, cost: 7));
    }

    /// <summary>Does not hear a DELETE.</summary>
    sealed class Deaf(FakeRunway runway) : Around(runway)
    {
        public override Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel) =>
            Task.FromResult<DeleteAnswer>(new DeleteAnswer.Trouble("the service is away"));
    }

    /// <summary>Hears a DELETE, and answers nothing from then on.</summary>
    sealed class Silent(FakeRunway runway) : Around(runway)
    {
        public override Task<TaskAnswer> Get(TaskId id, CancellationToken cancel) => Fake.DeleteCount == 0
            ? base.Get(id, cancel)
            : Task.FromResult<TaskAnswer>(new TaskAnswer.Trouble("no route to host"));
    }

    /// <summary>The fake, with something laid around it.</summary>
    abstract class Around(FakeRunway runway) : IRunway
    {
        protected FakeRunway Fake => runway;

        public Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
            runway.Create(endpoint, body, cancel);

        public virtual Task<TaskAnswer> Get(TaskId id, CancellationToken cancel) => runway.Get(id, cancel);

        public virtual Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel) => runway.Delete(id, cancel);

        public Task<OrganizationAnswer> GetOrganization(CancellationToken cancel) => runway.GetOrganization(cancel);

        public Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel) =>
            runway.Upload(fullPath, contentType, cancel);
    }
}
