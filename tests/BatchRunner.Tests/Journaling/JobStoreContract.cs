using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Journaling;

/// <summary>What every store of jobs must do, on one machine or on many.</summary>
public abstract class JobStoreContract : IAsyncDisposable
{
    static readonly DateTimeOffset Now = Corpus.At;
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<IJobStore> Open();

    public abstract ValueTask DisposeAsync();

    static SubmitTerms Terms(decimal price = 25, decimal? cap = null, int alive = 100) => new(price, cap, alive, new Policy(), Now);

    async Task<IJobStore> Planned(int jobs)
    {
        var store = await Open();
        Assert.IsType<AppendAnswer.Appended>(await store.RecordPlan(MadeJobs.Several(jobs), Cancel));
        return store;
    }

    static async Task<int> Begin(IJobStore store, int job = 0) =>
        Assert.IsType<SubmitGrant.Granted>(await store.BeginSubmit(MadeJobs.Job(job).Key, Terms(), Cancel)).Fence;

    [Fact]
    public async Task A_ready_job_is_granted_once()
    {
        var store = await Planned(1);
        var key = MadeJobs.Job(0).Key;

        Assert.Equal(1, await Begin(store));
        Assert.IsType<SubmitGrant.NotReady>(await store.BeginSubmit(key, Terms(), Cancel));
        Assert.Equal((0, 25), store.Money);
        Assert.Equal(JobPhase.Intent, store.Get(key).Phase);
    }

    [Fact]
    public async Task A_job_nobody_planned_is_not_ready()
    {
        var store = await Planned(1);

        Assert.IsType<SubmitGrant.NotReady>(await store.BeginSubmit(MadeJobs.Job(7).Key, Terms(), Cancel));
    }

    [Fact]
    public async Task Of_many_that_begin_at_once_one_is_granted()
    {
        var store = await Planned(1);
        var key = MadeJobs.Job(0).Key;

        var grants = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await store.BeginSubmit(key, Terms(), Cancel), Cancel)));

        Assert.Single(grants.OfType<SubmitGrant.Granted>());
    }

    [Fact]
    public async Task Slots_are_counted_until_an_end_gives_them_back()
    {
        var store = await Planned(3);
        var fence = await Begin(store);
        await Begin(store, 1);

        Assert.Equal(2, Assert.IsType<SubmitGrant.Full>(await store.BeginSubmit(MadeJobs.Job(2).Key, Terms(alive: 2), Cancel)).Alive);

        await store.Append(MadeJobs.Job(0).Key, new JobEvent.Submitted(Now, fence, new TaskId("a"), null), Cancel);
        Assert.IsType<SubmitGrant.Full>(await store.BeginSubmit(MadeJobs.Job(2).Key, Terms(alive: 2), Cancel));

        await store.Append(MadeJobs.Job(0).Key, new JobEvent.Succeeded(Now, fence, 20), Cancel);
        Assert.Equal((20, 25), store.Money);
        Assert.IsType<SubmitGrant.Granted>(await store.BeginSubmit(MadeJobs.Job(2).Key, Terms(alive: 2), Cancel));
    }

    [Fact]
    public async Task An_unknown_job_holds_its_money_and_no_slot()
    {
        var store = await Planned(2);
        var fence = await Begin(store);
        await store.Append(MadeJobs.Job(0).Key, new JobEvent.Lost(Now, fence, "reset"), Cancel);

        Assert.Equal((0, 25), store.Money);
        Assert.IsType<SubmitGrant.Granted>(await store.BeginSubmit(MadeJobs.Job(1).Key, Terms(alive: 1), Cancel));
    }

    [Theory]
    [InlineData(75, 3)]
    [InlineData(74, 2)]
    [InlineData(24, 0)]
    public async Task Spent_and_reserved_never_pass_the_cap(decimal cap, int granted)
    {
        var store = await Planned(5);
        var grants = new List<SubmitGrant>();
        for (var i = 0; i < 5; i++)
        {
            grants.Add(await store.BeginSubmit(MadeJobs.Job(i).Key, Terms(cap: cap), Cancel));
        }

        Assert.Equal(granted, grants.OfType<SubmitGrant.Granted>().Count());
        Assert.All(grants.OfType<SubmitGrant.OverBudget>(), over => Assert.Equal(cap, over.MaxCredits));
    }

    /// <summary>Prices and outcomes by chance, on several threads at once, for a cap that only a part of it fits under.</summary>
    private protected static async Task SpendAtRandom(IJobStore store, int seed, decimal cap)
    {
        const int jobs = 120;
        var prices = new Random(seed);
        List<JobSpec> specs = [.. MadeJobs.Several(jobs).Select(job => job with { EstimatedCredits = prices.Next(1, 600) / 10m })];
        await store.RecordPlan(specs, Cancel);
        var (refused, peak) = (0, 0m);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(
            async () =>
            {
                var random = new Random(seed * 31 + worker);
                for (var i = 0; i < jobs; i++)
                {
                    var spec = specs[random.Next(jobs)];
                    var price = spec.EstimatedCredits ?? 0;
                    var grant = await store.BeginSubmit(spec.Key, Terms(price, cap, alive: jobs), Cancel);
                    var (spent, reserved) = store.Money;
                    Assert.InRange(spent + reserved, 0, cap);
                    InterlockedMax(ref peak, spent + reserved);
                    refused += grant is SubmitGrant.OverBudget ? 1 : 0;
                    if (grant is SubmitGrant.Granted granted)
                    {
                        await End(store, spec.Key, granted.Fence, price, random);
                    }
                }
            },
            Cancel)));

        // It was tight, or nothing is shown by it.
        Assert.True(refused > 0, "the cap was never reached");
        Assert.InRange(peak, cap - 60, cap);
    }

    static readonly Lock Gate = new();

    static void InterlockedMax(ref decimal most, decimal value)
    {
        lock (Gate)
        {
            most = Math.Max(most, value);
        }
    }

    // Any way an attempt can end; Runway never takes more than the price.
    static async Task End(IJobStore store, JobKey key, int fence, decimal price, Random random)
    {
        decimal? cost = random.Next(4) switch { 0 => null, 1 => 0, 2 => price, _ => Math.Round(price * (decimal)random.NextDouble(), 2) };
        var failure = new JobFailure("INTERNAL", "internal", true, "broke");
        JobEvent[] events = random.Next(7) switch
        {
            0 => [new JobEvent.Refused(Now, fence, "429")],
            1 => [new JobEvent.Lost(Now, fence, "reset")],
            2 => [new JobEvent.Lost(Now, fence, "reset"), new JobEvent.NotCharged(Now, fence)],
            3 => [new JobEvent.Lost(Now, fence, "reset"), new JobEvent.ResubmitAllowed(Now, fence)],
            4 => [Submitted(), new JobEvent.Failed(Now, fence, failure, cost), new JobEvent.RetryAsked(Now)],
            5 => [Submitted(), new JobEvent.Cancelled(Now, fence, null), new JobEvent.Settled(Now, fence, price / 2)],
            _ => [Submitted(), new JobEvent.Succeeded(Now, fence, cost)],
        };
        foreach (var happened in events)
        {
            await store.Append(key, happened, Cancel);
        }

        JobEvent.Submitted Submitted() => new(Now, fence, new TaskId($"{key.Short}-{fence}"), price);
    }

    [Fact]
    public async Task An_event_with_an_old_fence_is_refused()
    {
        var store = await Planned(1);
        var key = MadeJobs.Job(0).Key;
        var fence = await Begin(store);
        await store.Append(key, new JobEvent.Refused(Now, fence, "429"), Cancel);
        Assert.Equal(2, await Begin(store));

        Assert.IsType<AppendAnswer.Stale>(await store.Append(key, new JobEvent.Submitted(Now, fence, new TaskId("late"), null), Cancel));
        Assert.Equal(JobPhase.Intent, store.Get(key).Phase);
    }

    [Fact]
    public async Task An_end_is_sticky()
    {
        var store = await Planned(1);
        var key = MadeJobs.Job(0).Key;
        var fence = await Begin(store);
        await store.Append(key, new JobEvent.Submitted(Now, fence, new TaskId("a"), null), Cancel);
        await store.Append(key, new JobEvent.Cancelled(Now, fence, 0), Cancel);

        Assert.IsType<AppendAnswer.Ignored>(await store.Append(key, new JobEvent.Succeeded(Now, fence, 25), Cancel));
        Assert.Equal((0, 0), store.Money);
    }

    [Fact]
    public async Task A_refusal_gives_everything_back()
    {
        var store = await Planned(1);
        var fence = await Begin(store);
        await store.Append(MadeJobs.Job(0).Key, new JobEvent.Refused(Now, fence, "429"), Cancel);

        Assert.Equal((0, 0), store.Money);
        Assert.Equal(2, await Begin(store));
    }

    [Fact]
    public async Task The_same_plan_twice_is_recorded_once_and_a_new_order_is_kept()
    {
        var store = await Planned(3);

        Assert.IsType<AppendAnswer.Ignored>(await store.RecordPlan(MadeJobs.Several(3), Cancel));
        await store.RecordPlan([MadeJobs.Job(2), MadeJobs.Job(0)], Cancel);

        Assert.Equal(["job-0003", "job-0001"], store.Contents.Planned.Select(job => job.Spec.Id));
        Assert.Equal([true, false, true], store.Contents.Jobs.Select(job => job.IsPlanned));
    }

    [Fact]
    public async Task A_retake_is_kept_and_never_counts_down()
    {
        var store = await Planned(1);
        var key = MadeJobs.Job(0).Key;

        Assert.IsType<AppendAnswer.Appended>(await store.RecordRetake(key, 3, Cancel));
        Assert.IsType<AppendAnswer.Ignored>(await store.RecordRetake(key, 2, Cancel));

        Assert.Equal(3, Assert.Single(store.Contents.Jobs).Takes);
    }
}
