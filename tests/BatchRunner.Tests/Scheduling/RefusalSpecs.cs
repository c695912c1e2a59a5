using BatchRunner.Jobs;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class RefusalSpecs
{
    static FakeScript Refuse(RefusalKind kind, TimeSpan? after = null) =>
        new() { Refusal = new CreateAnswer.Refused(kind, "the server's words", after) };

    [Theory]
    [InlineData(RefusalKind.NotSent)]
    [InlineData(RefusalKind.TooMany)]
    [InlineData(RefusalKind.Overloaded)]
    internal async Task What_certainly_made_no_task_is_tried_again(RefusalKind kind)
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number is 2 or 3 ? Refuse(kind) : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(4));

        Assert.Equal((0, 4), (outcome.ExitCode, outcome.Summary.Done));
        Assert.Equal(4, bench.Runway.Ledger.Count);
        Assert.Equal(6, bench.Runway.CreateCount);
    }

    [Theory]
    [InlineData(RefusalKind.KeyRefused, 6, StopReason.KeyRefused)]
    [InlineData(RefusalKind.NoCredits, 6, StopReason.NoCredits)]
    [InlineData(RefusalKind.DailyCap, 6, StopReason.DailyCap)]
    internal async Task What_concerns_the_account_stops_submitting_and_the_rest_stays_planned(
        RefusalKind kind, int exit, StopReason stop)
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number >= 3 ? Refuse(kind) : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(8));

        Assert.Equal(exit, outcome.ExitCode);
        Assert.Contains(stop, outcome.Stops);
        Assert.Equal(3, bench.Runway.CreateCount);
        Assert.Equal(6, outcome.Summary.Planned);
        Assert.Equal(0, outcome.Summary.Failed);
    }

    [Fact]
    public async Task A_key_refused_while_tasks_run_stops_the_run_and_one_with_a_new_key_collects_them()
    {
        using var bench = new RunBench();
        var isRevoked = true;
        bench.Runway.Ask = _ => isRevoked ? new TaskAnswer.KeyRefused("no such key") : null;

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((6, 0, 3), (outcome.ExitCode, outcome.Summary.Failed, bench.Runway.CreateCount));
        Assert.Equal(["no such key"], bench.View.Notes);
        Assert.InRange(bench.Runway.Ledger.Sum(task => task.Asks.Count), 1, 3);

        isRevoked = false;
        outcome = await bench.Run(MadeJobs.Several(3));
        Assert.Equal((0, 3, 3), (outcome.ExitCode, outcome.Summary.Done, bench.Runway.CreateCount));
    }

    [Theory]
    [InlineData(RefusalKind.TooMany)]
    [InlineData(RefusalKind.Overloaded)]
    internal async Task As_long_as_Runway_asks_to_wait_nothing_more_is_created(RefusalKind kind)
    {
        using var bench = new RunBench();
        var wish = TimeSpan.FromSeconds(90);
        bench.Runway.Script = (number, _) => number == 2 ? Refuse(kind, wish) : new FakeScript();
        List<DateTimeOffset> creates = [];
        bench.Runway.BeforeAnswer = (_, _) =>
        {
            creates.Add(bench.Clock.GetUtcNow());
            return Task.CompletedTask;
        };

        Assert.Equal(0, (await bench.Run(MadeJobs.Several(3))).ExitCode);
        Assert.InRange(creates[2] - creates[1], wish, wish * 1.1);
    }

    [Fact]
    public async Task A_model_refused_as_too_many_for_two_minutes_is_stopped_and_what_it_has_is_collected()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number > 2 ? Refuse(RefusalKind.TooMany) : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(6));

        Assert.Equal((5, 2, 4, 0), (outcome.ExitCode, outcome.Summary.Done, outcome.Summary.Planned, outcome.Summary.Failed));
        Assert.Equal([StopReason.KeptBusy], outcome.Stops);
        Assert.InRange(outcome.Summary.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.InRange(bench.Runway.CreateCount, 5, 12);
    }

    [Fact]
    public async Task A_wrong_request_fails_for_nothing_and_the_others_go_on()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number == 2 ? Refuse(RefusalKind.BadRequest) : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(4));

        Assert.Equal((3, 3, 1), (outcome.ExitCode, outcome.Summary.Done, outcome.Summary.Failed));
        var failed = Assert.Single(bench.Journal.Jobs, job => job.State.Phase == JobPhase.Failed);
        Assert.Equal(("bad-request", 0m, 0m), (failed.State.Failure?.Class, failed.State.Spent, failed.State.Reserved));
    }

    [Fact]
    public async Task One_class_of_failure_in_a_row_breaks_the_circuit_while_collecting_goes_on()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { StopAfterFailures = 3 };
        bench.Runway.Script = (number, _) => number > 4 ? Refuse(RefusalKind.BadRequest) : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(30));

        Assert.Equal(5, outcome.ExitCode);
        Assert.Contains(StopReason.TooManyFailures, outcome.Stops);
        Assert.Equal(4, outcome.Summary.Done);

        // Each of the four that end well in between begins the row anew.
        Assert.InRange(outcome.Summary.Failed, 3, 11);
    }

    [Fact]
    public async Task Lost_answers_are_unknown_and_never_sent_again()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number % 3 == 0 ? new FakeScript { IsLost = true } : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(12));
        await bench.Run(MadeJobs.Several(12));

        Assert.Equal((7, 4, 8), (outcome.ExitCode, outcome.Summary.Unknown, outcome.Summary.Done));
        Assert.Equal(12, bench.Runway.CreateCount);
        Assert.Equal(4 * 25, outcome.Summary.Reserved);
        Assert.Equal(300, bench.Runway.Charged);
        var unknown = bench.Journal.Jobs.First(job => job.State.Phase == JobPhase.Unknown);
        Assert.Equal("connection reset after the request was sent", unknown.State.Reason);
        Assert.InRange(unknown.State.HintBefore?.Balance - unknown.State.HintAfter?.Balance ?? 0, 25, 75);
    }

    [Fact]
    public async Task Too_many_lost_in_a_row_stop_submitting()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { StopAfterUnknown = 3 };
        bench.Runway.Script = (_, _) => new FakeScript { IsLost = true };

        var outcome = await bench.Run(MadeJobs.Several(12));

        Assert.Equal(5, outcome.ExitCode);
        Assert.InRange(outcome.Summary.Unknown, 3, 5);
        Assert.Contains(StopReason.TooManyUnknown, outcome.Stops);
    }

    [Fact]
    public async Task A_key_refused_by_the_account_stops_before_anything_is_sent()
    {
        using var bench = new RunBench();
        bench.Runway.Account = () => new OrganizationAnswer.KeyRefused("the key in `RUNWAYML_API_SECRET` is refused");

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((6, 0), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Contains("the key in `RUNWAYML_API_SECRET` is refused", bench.View.Notes);
    }

    [Fact]
    public async Task An_account_that_does_not_answer_means_one_slot_and_a_warning()
    {
        using var bench = new RunBench();
        bench.Options = new RunOptions { Ahead = 0 };
        bench.Runway.Account = () => new OrganizationAnswer.Trouble("503");

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(bench.View.Notes, note => note.EndsWith("going on with 1", StringComparison.Ordinal));
        Assert.All(bench.Runway.Ledger, task => Assert.DoesNotContain(bench.Runway.Ledger, other =>
            other != task && other.StartsAt < task.EndsAt && task.StartsAt < other.EndsAt));
    }

    [Fact]
    public async Task Where_nobody_listens_a_run_ends_and_says_so()
    {
        using var bench = new RunBench();
        bench.Runway.Account = () => new OrganizationAnswer.Trouble("nobody listens at 127.0.0.1:9", IsNobodyThere: true);

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((7, 0), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.StartsWith("nobody listens at 127.0.0.1:9, asked three times", Assert.Single(bench.View.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_of_another_job_is_not_believed_and_the_job_is_unknown()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number == 3
            ? new FakeScript { Answer = new CreateAnswer.Accepted(new TaskId("TASK-1"), 25, null) }
            : new FakeScript();

        var outcome = await bench.Run(MadeJobs.Several(5));
        await bench.Run(MadeJobs.Several(5));

        Assert.Equal((7, 4, 1), (outcome.ExitCode, outcome.Summary.Done, outcome.Summary.Unknown));
        Assert.Equal(5, bench.Runway.CreateCount);
        Assert.Equal(
            "Runway answered with task TASK-1, which is the task of job `job-0001`",
            Assert.Single(bench.Journal.Jobs, job => job.State.Phase == JobPhase.Unknown).State.Reason);
        Assert.Equal(5, bench.Journal.Jobs.SelectMany(job => job.State.Attempts).Count());
    }
}
