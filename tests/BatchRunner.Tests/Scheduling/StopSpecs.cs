using BatchRunner.Jobs;
using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class StopSpecs
{
    [Fact]
    public async Task The_first_signal_lets_the_create_end_and_the_next_run_continues()
    {
        for (var at = 1; at <= 6; at++)
        {
            using var bench = new RunBench();
            using var drain = new CancellationTokenSource();
            var stopAt = at;
            bench.Runway.BeforeAnswer = async (number, _) =>
            {
                if (number == stopAt)
                {
                    await drain.CancelAsync();
                }
            };

            var outcome = await bench.Run(MadeJobs.Several(12), new RunSignals(() => StopReason.Interrupted, drain.Token, default));

            Assert.Equal((130, 0), (outcome.ExitCode, outcome.Summary.Unknown));
            Assert.Equal(at, bench.Runway.CreateCount);
            Assert.Equal(at, bench.Journal.Jobs.Count(job => job.State.Task is not null));
            outcome = await bench.Run(MadeJobs.Several(12));
            Assert.Equal((0, 12), (outcome.ExitCode, bench.Runway.CreateCount));
        }
    }

    [Fact]
    public async Task A_create_that_does_not_end_in_time_is_unknown()
    {
        using var bench = new RunBench();
        using var drain = new CancellationTokenSource();
        bench.Runway.BeforeAnswer = async (number, cancel) =>
        {
            if (number == 2)
            {
                await drain.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, bench.Clock, cancel);
            }
        };

        var outcome = await bench.Run(MadeJobs.Several(12), new RunSignals(() => StopReason.Terminated, drain.Token, default));

        Assert.Equal((143, 1), (outcome.ExitCode, outcome.Summary.Unknown));
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromSeconds(0), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task The_second_signal_leaves_at_once()
    {
        using var bench = new RunBench();
        using var drain = new CancellationTokenSource();
        using var abort = new CancellationTokenSource();
        bench.Options = new RunOptions { DrainTime = TimeSpan.FromHours(1) };
        bench.Runway.BeforeAnswer = async (number, cancel) =>
        {
            if (number == 2)
            {
                await drain.CancelAsync();
                await abort.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, bench.Clock, cancel);
            }
        };

        var outcome = await bench.Run(MadeJobs.Several(12), new RunSignals(() => StopReason.Interrupted, drain.Token, abort.Token));

        Assert.Equal((130, 1), (outcome.ExitCode, outcome.Summary.Unknown));
        Assert.Equal(2, bench.Runway.CreateCount);
    }

    [Fact]
    public async Task A_mistake_of_ours_hears_the_create_to_its_end_begins_no_other_and_leaves_no_job_in_doubt()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { DrainTime = TimeSpan.FromMinutes(9) };
        bench.Runway.BeforeAnswer = (number, cancel) =>
            number == 2 ? Task.Delay(TimeSpan.FromMinutes(5), bench.Clock, cancel) : Task.CompletedTask;
        bench.Runway.Ask = _ => throw new InvalidOperationException("ours");

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Run(MadeJobs.Several(6)));

        Assert.Equal((2, 2), (bench.Runway.CreateCount, bench.Journal.Jobs.Count(job => job.State.Task is not null)));
        Assert.Equal(4, bench.Journal.Jobs.Count(job => job.State is { Phase: JobPhase.Planned, Reserved: 0 }));
        bench.Runway.Ask = _ => null;
        bench.Runway.BeforeAnswer = (_, _) => Task.CompletedTask;
        Assert.Equal((0, 6), ((await bench.Run(MadeJobs.Several(6))).ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_signal_before_the_start_sends_nothing()
    {
        using var bench = new RunBench();

        var outcome = await bench.Run(MadeJobs.Several(3), new RunSignals(() => StopReason.Interrupted, new CancellationToken(true), default));

        Assert.Equal((130, 0), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task The_longest_duration_ends_a_run_as_a_signal_does()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { MaxDuration = TimeSpan.FromMinutes(3) };

        var outcome = await bench.Run(MadeJobs.Several(60));

        Assert.Equal((5, 0), (outcome.ExitCode, outcome.Summary.Unknown));
        Assert.Contains(StopReason.MaxDuration, outcome.Stops);
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4));
        Assert.True(outcome.Summary.Planned > 0);
    }

    [Fact]
    public async Task A_cap_is_never_passed_and_the_rest_stays_planned()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { MaxCredits = 110 };

        var outcome = await bench.Run(MadeJobs.Several(12));

        Assert.Equal((5, 4, 8), (outcome.ExitCode, outcome.Summary.Done, outcome.Summary.Planned));
        Assert.Equal(100, bench.Runway.Charged);
        Assert.Contains(bench.View.Notes, note => note.Contains("`max_credits` is 110; it was not submitted", StringComparison.Ordinal));
        Assert.All(
            bench.View.News.Where(news => news.Kind == JobNewsKind.Retrying).GroupBy(news => news.Job), job => Assert.Single(job));
    }

    [Fact]
    public async Task Money_that_comes_back_is_used()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { MaxCredits = 100, StopAfterFailures = 0 };
        bench.Runway.Script = (number, _) => number % 2 == 0
            ? new FakeScript { IsFailed = true, FailureCode = "ASSET.INVALID" }
            : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(8));

        Assert.Equal((5, 4, 3, 100m), (outcome.ExitCode, outcome.Summary.Done, outcome.Summary.Failed, outcome.Summary.Spent));
    }

    [Fact]
    public async Task The_cap_holds_over_the_life_of_the_folder()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { MaxCredits = 60 };
        await bench.Run(MadeJobs.Several(1));
        await bench.Run([MadeJobs.Job(1)]);

        var outcome = await bench.Run([MadeJobs.Job(2)]);

        Assert.Equal((5, 2), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_job_without_a_price_is_not_submitted_beside_a_cap()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { MaxCredits = 1000 };

        var outcome = await bench.Run([MadeJobs.Job(0, credits: null)]);

        Assert.Equal((5, 0), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task Random_prices_costs_and_cuts_never_pass_the_cap()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            using var bench = new RunBench(slots: random.Next(1, 6));
            var cap = random.Next(50, 600);
            bench.Options = new RunOptions { MaxCredits = cap, StopAfterFailures = 0, StopAfterUnknown = 0, Attempts = random.Next(1, 4) };
            var jobs = Enumerable.Range(0, 20).Select(i => MadeJobs.Job(i, credits: random.Next(1, 60))).ToList();
            var price = jobs.ToDictionary(job => job.Key.Hex, job => job.EstimatedCredits ?? 0);
            bench.Runway.Script = (number, key) => new FakeScript
            {
                Cost = Math.Floor(price[key] * ((number * 7919 + seed) % 4) / 3),
                IsFailed = (number + seed) % 5 == 0,
                FailureCode = (number + seed) % 2 == 0 ? "INTERNAL" : "SAFETY.INPUT.TEXT",
                IsLost = (number + seed) % 7 == 0,
                Runs = TimeSpan.FromSeconds(10 + (number * 37 % 90)),
            };
            bench.Wrap = store => new PowerCut(store, random.Next(5, 120), isBeforeWrite: false);
            for (var run = 0; run < 4; run++)
            {
                try
                {
                    await bench.Run(jobs);
                }
                catch (PowerCutException)
                {
                    // The next run goes on.
                }

                Assert.True(bench.Journal.Spent + bench.Journal.Reserved <= cap, $"seed {seed}");
                Assert.True(bench.Runway.Charged <= cap, $"seed {seed}");
            }
        }
    }
}
