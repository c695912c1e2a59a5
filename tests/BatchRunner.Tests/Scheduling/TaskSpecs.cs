using BatchRunner.Downloads;
using BatchRunner.Jobs;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Scheduling;

public class TaskSpecs
{
    [Fact]
    public async Task A_failure_for_nothing_whose_class_allows_it_gets_one_more_attempt()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number <= 2
            ? new FakeScript { IsFailed = true, FailureCode = "THIRD_PARTY.UNAVAILABLE" }
            : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((0, 3), (outcome.ExitCode, outcome.Summary.Done));
        Assert.Equal(5, bench.Runway.CreateCount);
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", 25)]
    [InlineData("SAFETY.OUTPUT.VIDEO", 0)]
    [InlineData("ASSET.INVALID", 0)]
    [InlineData("INTERNAL.BAD_OUTPUT.01", 0)]
    [InlineData("SOMETHING.NEW", 0)]
    public async Task What_would_fail_again_is_not_tried_again(string code, decimal cost)
    {
        using var bench = new RunBench();
        bench.Runway.Script = (_, _) => new FakeScript { IsFailed = true, FailureCode = code };

        var outcome = await bench.Run(MadeJobs.Several(1));
        await bench.Run(MadeJobs.Several(1));

        Assert.Equal((3, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal((cost, 0m), (outcome.Summary.Spent, outcome.Summary.Reserved));
    }

    [Fact]
    public async Task Attempts_bound_the_tasks_of_a_job()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { Attempts = 3, StopAfterFailures = 0 };
        bench.Runway.Script = (_, _) => new FakeScript { IsFailed = true, FailureCode = "INTERNAL" };

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((3, 6), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_failed_job_is_paid_for_again_only_when_asked()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number == 1
            ? new FakeScript { IsFailed = true, FailureCode = "SAFETY.INPUT.TEXT" }
            : new FakeScript();
        await bench.Run(MadeJobs.Several(1));

        bench.Change = plan => plan.Retry();
        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((0, 2, 50m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent));
    }

    [Fact]
    public async Task A_network_that_is_away_for_an_hour_fails_nothing()
    {
        using var bench = new RunBench();
        var back = bench.Clock.GetUtcNow().AddHours(1);
        bench.Runway.Script = (_, _) => bench.Clock.GetUtcNow() < back && bench.Runway.Ledger.Count >= 2
            ? new FakeScript { Refusal = new CreateAnswer.Refused(RefusalKind.NotSent, "no route to host") }
            : new FakeScript();
        bench.Runway.Ask = _ => bench.Clock.GetUtcNow() < back ? new TaskAnswer.Trouble("no route to host") : null;

        var outcome = await bench.Run(MadeJobs.Several(5));

        Assert.Equal((0, 5), (outcome.ExitCode, outcome.Summary.Done));
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromHours(1), TimeSpan.FromHours(1.2));

        // Asked at most every half minute meanwhile, and again within a minute once the network is back.
        Assert.All(bench.Runway.Ledger.Take(2), task =>
        {
            Assert.InRange(task.Asks.Count(at => at < back), 60, 125);
            Assert.Contains(task.Asks, at => at >= back && at <= back.AddMinutes(1));
        });
    }

    [Fact]
    public async Task No_task_is_asked_for_more_than_once_in_the_interval()
    {
        using var bench = new RunBench(slots: 4);

        await bench.Run(MadeJobs.Several(30));

        Assert.All(bench.Runway.Ledger, task => Assert.All(
            task.Asks.Zip(task.Asks.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(5))));
    }

    [Theory]
    [InlineData(-30 * 24)]
    [InlineData(-2)]
    [InlineData(2)]
    [InlineData(30 * 24)]
    public async Task A_clock_that_is_set_on_the_way_ends_delays_and_cancels_nothing(int hours)
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { QueueTimeout = TimeSpan.FromMinutes(60), RunningTimeout = TimeSpan.FromMinutes(60) };
        bench.Runway.Script = (_, _) => new FakeScript { Pending = TimeSpan.FromSeconds(30) };
        bench.Runway.BeforeAnswer = (number, _) =>
        {
            bench.Clock.SetWrong(number == 4 ? TimeSpan.FromHours(hours) : TimeSpan.Zero);
            return Task.CompletedTask;
        };

        var outcome = await bench.Run(MadeJobs.Several(12));
        await bench.Run(MadeJobs.Several(12));

        Assert.Equal((0, 12, 12, 0), (outcome.ExitCode, outcome.Summary.Done, bench.Runway.CreateCount, bench.Runway.DeleteCount));
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Tasks_alive_never_exceed_slots_and_ahead()
    {
        using var bench = new RunBench(slots: 4);
        var most = 0;
        bench.Runway.BeforeAnswer = (_, _) =>
        {
            var now = bench.Clock.GetUtcNow();
            most = Math.Max(most, bench.Journal.Jobs.Count(job => job.State.HoldsSlot));
            return Task.CompletedTask;
        };

        await bench.Run(MadeJobs.Several(30));

        Assert.InRange(most, 4, 6);
    }

    [Theory]
    [InlineData(4, null, 4)]
    [InlineData(4, 2, 2)]
    [InlineData(2, 9, 2)]
    public async Task Slots_are_the_account_s_and_never_more_than_asked_for(int slots, int? asked, int most)
    {
        using var bench = new RunBench(slots);
        bench.Options = new RunOptions { Concurrency = asked, Ahead = 0 };
        var alive = 0;
        bench.Runway.BeforeAnswer = (_, _) =>
        {
            alive = Math.Max(alive, bench.Journal.Jobs.Count(job => job.State.HoldsSlot));
            return Task.CompletedTask;
        };

        await bench.Run(MadeJobs.Several(12));

        // That they are all used is for the specs of whole runs: here a slow machine may see fewer at once.
        Assert.InRange(alive, 1, most);
    }

    [Fact]
    public async Task A_task_that_somebody_else_cancelled_is_cancelled_and_not_made_again()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = task => new TaskAnswer.Found(
            new TaskSnapshot { Id = task.Id, Status = TaskStatus.Cancelled, StatusWord = "CANCELED", CostCredits = 3 });

        var outcome = await bench.Run(MadeJobs.Several(1));
        await bench.Run(MadeJobs.Several(1));

        Assert.Equal((3, 1, 3m, 0m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent, outcome.Summary.Reserved));
        Assert.Equal(JobPhase.Cancelled, bench.Journal.Jobs[0].State.Phase);
    }

    [Fact]
    public async Task A_task_that_is_gone_three_times_is_lost_and_its_reservation_stays()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = _ => new TaskAnswer.Gone();

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((3, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal(25, outcome.Summary.Reserved);
        Assert.Equal("task-lost", bench.Journal.Jobs[0].State.Failure?.Class);
        var asks = Assert.Single(bench.Runway.Ledger).Asks;
        Assert.Equal(3, asks.Count);
        Assert.InRange(asks[2] - asks[0], TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_task_that_is_gone_once_is_not_lost()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = task => task.Asks.Count == 1 ? new TaskAnswer.Gone() : null;

        Assert.Equal(0, (await bench.Run(MadeJobs.Several(2))).ExitCode);
    }

    [Fact]
    public async Task A_word_nobody_knows_is_no_end()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = task => task.Asks.Count <= 2
            ? new TaskAnswer.Found(new TaskSnapshot { Id = task.Id, Status = TaskStatus.Other, StatusWord = "DREAMING" })
            : null;

        Assert.Equal(0, (await bench.Run(MadeJobs.Several(2))).ExitCode);
    }

    [Theory]
    [InlineData("unknown word")]
    [InlineData("malformed")]
    [InlineData("backwards")]
    public async Task Answers_that_mean_nothing_are_told_once_and_left_for_a_later_run(string kind)
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number == 2 ? new FakeScript { Runs = TimeSpan.FromSeconds(61) } : new FakeScript();
        var isOdd = true;
        bench.Runway.Ask = task => !isOdd || task.Id.Value != "task-2" ? null
            : kind == "unknown word" ? new TaskAnswer.Found(task.At(bench.Clock.GetUtcNow()) with { Status = TaskStatus.Other, StatusWord = "DREAMING" })
            : kind == "malformed" ? new TaskAnswer.Trouble("Runway answered 200 without a task's status", IsSenseless: true)
            : task.At(bench.Clock.GetUtcNow()).Status == TaskStatus.Succeeded && task.Asks.Count(at => at >= task.EndsAt) > 1
                ? new TaskAnswer.Found(task.At(task.EndsAt - TimeSpan.FromSeconds(1)))
            : null;
        if (kind == "backwards")
        {
            bench.Downloads.Script = (_, url) => isOdd && url.AbsolutePath.Contains("task-2", StringComparison.Ordinal)
                ? new DownloadAnswer.Expired("403")
                : null;
        }

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((7, 2, 3, 1), (outcome.ExitCode, outcome.Summary.Done, bench.Runway.CreateCount, outcome.RunningCount));
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(40));
        Assert.Single(bench.View.Notes, note => note.EndsWith("it is asked again for 30 min", StringComparison.Ordinal));
        Assert.Single(bench.View.Notes, note => note.StartsWith("`job-0002` is left as it is: ", StringComparison.Ordinal));

        isOdd = false;
        outcome = await bench.Run(MadeJobs.Several(3));
        Assert.Equal((0, 3, 75m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent));
    }

    [Fact]
    public async Task Outputs_that_come_a_little_late_are_not_lost()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = task => task.Asks.Count(at => at >= task.EndsAt) is 1 or 2
            ? new TaskAnswer.Found(task.At(bench.Clock.GetUtcNow()) with { Outputs = [] })
            : null;

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((0, 2), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task Waiting_too_long_in_the_queue_is_cancelled_then_submitted_once_more()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { QueueTimeout = TimeSpan.FromMinutes(10) };
        bench.Runway.Script = (number, _) => new FakeScript { Pending = number == 1 ? TimeSpan.FromHours(9) : TimeSpan.Zero };

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((0, 2, 1), (outcome.ExitCode, bench.Runway.CreateCount, bench.Runway.DeleteCount));
        Assert.True(bench.Runway.Ledger[0].IsDeleted);
        Assert.Equal((25m, 25m), (outcome.Summary.Spent, outcome.Summary.Reserved));
    }

    [Fact]
    public async Task In_place_of_a_waiting_task_nothing_is_submitted_before_its_end_is_confirmed()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { QueueTimeout = TimeSpan.FromMinutes(10) };
        bench.Runway.Script = (number, _) => new FakeScript { Pending = number == 1 ? TimeSpan.FromHours(9) : TimeSpan.Zero };
        bench.Runway.Deleting = number => number < 3 ? new DeleteAnswer.Confirmed() : null;
        var isFirstAlive = false;
        bench.Runway.BeforeAnswer = (number, _) =>
        {
            isFirstAlive = number == 2 && !bench.Runway.Ledger[0].IsDeleted;
            return Task.CompletedTask;
        };

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((0, 2, 3, false), (outcome.ExitCode, bench.Runway.CreateCount, bench.Runway.DeleteCount, isFirstAlive));
    }

    [Fact]
    public async Task What_began_to_run_meanwhile_is_not_cancelled()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { QueueTimeout = TimeSpan.FromMinutes(10), PollInterval = TimeSpan.FromMinutes(4) };
        bench.Runway.Script = (_, _) => new FakeScript { Pending = TimeSpan.FromMinutes(11) };

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((0, 1, 0), (outcome.ExitCode, bench.Runway.CreateCount, bench.Runway.DeleteCount));
    }

    [Fact]
    public async Task A_task_that_runs_too_long_is_left_and_a_later_run_collects_it()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => new FakeScript { Runs = number == 1 ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(1) };

        var outcome = await bench.Run(MadeJobs.Several(6));
        Assert.True(outcome.Summary.Done == 5, string.Join('\n', bench.View.Notes.Concat(bench.View.News.Select(n => n.ToString()))));
        Assert.Equal((7, 5, 1), (outcome.ExitCode, outcome.Summary.Done, outcome.RunningCount));
        Assert.Equal(0, bench.Runway.DeleteCount);

        bench.Clock.Advance(TimeSpan.FromHours(2));
        outcome = await bench.Run(MadeJobs.Several(6));

        Assert.Equal((0, 6), (outcome.ExitCode, bench.Runway.CreateCount));
    }
}
