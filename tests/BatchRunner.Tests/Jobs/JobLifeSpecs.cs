using BatchRunner.Jobs;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Jobs;

public class JobLifeSpecs
{
    static JobEvent[] GivenUp => [Intent(), Lost(), new JobEvent.ResubmitAllowed(T0, 1)];

    static JobEvent Found => new JobEvent.TaskFound(T0, 1, new TaskId("t9"), "user");

    static readonly DateTimeOffset T0 = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    static readonly JobFailure Internal = new("INTERNAL", "internal", true, "it broke");
    static readonly JobFailure Safety = new("SAFETY.INPUT.TEXT", "safety-input", false, "refused");
    static readonly JobFile File = new("a.mp4", 10, "00");

    static JobEvent.Intended Intent(int fence = 1, decimal credits = 25) => new(T0, fence, credits);

    static JobEvent.Submitted Submitted(int fence = 1, string task = "t1", decimal? estimate = null) =>
        new(T0, fence, new TaskId(task), estimate);

    static JobEvent.Seen Seen(TaskStatus status, int minutes = 0, int fence = 1) =>
        new(T0.AddMinutes(minutes), fence, status, null);

    static JobEvent.Succeeded Succeeded(decimal? cost = 25) => new(T0, 1, cost);

    static JobEvent.Saved Saved() => new(T0, 1, [File]);

    static JobEvent.Failed Failed(JobFailure failure, decimal? cost, int fence = 1) => new(T0, fence, failure, cost);

    static JobEvent.Lost Lost(int fence = 1) => new(T0, fence, "reset");

    static JobState Fold(params JobEvent[] events) => events.Aggregate(JobState.New, JobLife.Apply);

    static string Name(NextStep step) => step switch
    {
        NextStep.Hold hold => $"hold {hold.Reason}",
        _ => step.GetType().Name.ToLowerInvariant(),
    };

    static readonly List<(string Name, JobEvent[] Events, string Phase, decimal Spent, decimal Reserved, string Step)> Cases =
    [
        ("nothing", [], "Planned", 0, 0, "submit"),
        ("intent", [Intent()], "Intent", 0, 25, "hold CreateOnTheWay"),
        ("refused", [Intent(), new JobEvent.Refused(T0, 1, "429")], "Planned", 0, 0, "submit"),
        ("bad request", [Intent(), Failed(Safety, 0)], "Failed", 0, 0, "finish"),
        ("lost", [Intent(), Lost()], "Unknown", 0, 25, "hold Unknown"),
        ("submitted", [Intent(), Submitted()], "Submitted", 0, 25, "poll"),
        ("dearer", [Intent(), Submitted(estimate: 40)], "Submitted", 0, 40, "poll"),
        ("cheaper estimate does not lower", [Intent(), Submitted(estimate: 5)], "Submitted", 0, 25, "poll"),
        ("running", [Intent(), Submitted(), Seen(TaskStatus.Running)], "Submitted", 0, 25, "poll"),
        ("an unknown word is no end", [Intent(), Submitted(), Seen(TaskStatus.Other)], "Submitted", 0, 25, "poll"),
        ("succeeded", [Intent(), Submitted(), Succeeded(20)], "Succeeded", 20, 0, "download"),
        ("succeeded without a cost", [Intent(), Submitted(), Succeeded(null)], "Succeeded", 0, 25, "download"),
        ("done", [Intent(), Submitted(), Succeeded(), Saved()], "Done", 25, 0, "finish"),
        ("done is done", [Intent(), Submitted(), Succeeded(), Saved(), Failed(Internal, 0), Lost(), Seen(TaskStatus.Running)], "Done", 25, 0, "finish"),
        ("backwards", [Intent(), Submitted(), Succeeded(), Seen(TaskStatus.Running)], "Succeeded", 25, 0, "download"),
        ("file gone", [Intent(), Submitted(), Succeeded(), Saved(), new JobEvent.Missing(T0, 1, "gone")], "Succeeded", 25, 0, "download"),
        ("lost outputs keep their cost", [Intent(), Submitted(), Succeeded(), Failed(Safety, null)], "Failed", 25, 0, "finish"),
        ("failed for nothing, may repeat", [Intent(), Submitted(), Failed(Internal, 0)], "Failed", 0, 0, "submit"),
        ("failed, charged", [Intent(), Submitted(), Failed(Internal, 25)], "Failed", 25, 0, "finish"),
        ("failed, cost not told", [Intent(), Submitted(), Failed(Internal, null)], "Failed", 0, 25, "finish"),
        ("safety for nothing", [Intent(), Submitted(), Failed(Safety, 0)], "Failed", 0, 0, "finish"),
        ("failed twice", [Intent(), Submitted(), Failed(Internal, 0), Intent(2), Submitted(2), Failed(Internal, 0, 2)], "Failed", 0, 0, "finish"),
        ("cancelled", [Intent(), Submitted(), new JobEvent.Cancelled(T0, 1, 0)], "Cancelled", 0, 0, "finish"),
        ("cancelled, cost not told", [Intent(), Submitted(), new JobEvent.Cancelled(T0, 1, null)], "Cancelled", 0, 25, "finish"),
        ("and told later", [Intent(), Submitted(), new JobEvent.Cancelled(T0, 1, null), new JobEvent.Settled(T0, 1, 3)], "Cancelled", 3, 0, "finish"),
        ("withdrawn", [Intent(), Submitted(), new JobEvent.CancelAsked(T0, 1, CancelReason.QueueTimeout), new JobEvent.Cancelled(T0, 1, null)], "Planned", 0, 25, "submit"),
        ("withdrawn and again", [Intent(), Submitted(), new JobEvent.CancelAsked(T0, 1, CancelReason.QueueTimeout), new JobEvent.Cancelled(T0, 1, null), Intent(2)], "Intent", 0, 50, "hold CreateOnTheWay"),
        ("cancel asked", [Intent(), Submitted(), Seen(TaskStatus.Pending), new JobEvent.CancelAsked(T0, 1, CancelReason.User)], "Submitted", 0, 25, "poll"),
        ("retry asked", [Intent(), Submitted(), Failed(Safety, 25), new JobEvent.RetryAsked(T0)], "Planned", 25, 0, "submit"),
        ("found", [Intent(), Lost(), new JobEvent.TaskFound(T0, 1, new TaskId("t9"), "user")], "Submitted", 0, 25, "poll"),
        ("found after another was refused", [.. GivenUp, Intent(2), new JobEvent.Refused(T0, 2, "429"), Found], "Submitted", 0, 25, "poll"),
        ("found, and another was not charged", [.. GivenUp, Intent(2), Lost(2), Found, new JobEvent.Settled(T0, 1, 25), new JobEvent.NotCharged(T0, 2)], "Submitted", 25, 0, "poll"),
        ("found for nothing, and another was not charged", [.. GivenUp, Intent(2), Lost(2), Found, new JobEvent.Settled(T0, 1, 0), new JobEvent.NotCharged(T0, 2)], "Planned", 0, 0, "submit"),
        ("found, and another given up on", [.. GivenUp, Intent(2), Lost(2), Found, new JobEvent.ResubmitAllowed(T0, 2)], "Submitted", 0, 50, "poll"),
        ("found while another runs", [.. GivenUp, Intent(2), Submitted(2), Found], "Submitted", 0, 50, "poll"),
        ("found, and the other fails for nothing", [.. GivenUp, Intent(2), Submitted(2), Found, Failed(Internal, 0, 2)], "Submitted", 0, 25, "poll"),
        ("found, and the other fails and was charged", [.. GivenUp, Intent(2), Submitted(2), Found, Failed(Safety, 25, 2)], "Submitted", 25, 25, "poll"),
        ("found, and the other is cancelled and asked for again", [.. GivenUp, Intent(2), Submitted(2), Found, new JobEvent.Cancelled(T0, 2, 0), new JobEvent.RetryAsked(T0)], "Submitted", 0, 25, "poll"),
        ("found, and the other is withdrawn", [.. GivenUp, Intent(2), Submitted(2), Found, new JobEvent.CancelAsked(T0, 2, CancelReason.QueueTimeout), new JobEvent.Cancelled(T0, 2, 0)], "Submitted", 0, 25, "poll"),
        ("found after its input changed", [.. GivenUp, new JobEvent.Failed(T0, 0, Safety, null), Found], "Submitted", 0, 25, "poll"),
        ("found, collected, and failed", [.. GivenUp, Found, Failed(Safety, 25, 2)], "Failed", 25, 0, "finish"),
        ("found while a rule stops it", [.. GivenUp, new JobEvent.Screened(T0, "word"), Found], "Screened", 0, 25, "finish"),
        ("and the rule goes", [.. GivenUp, new JobEvent.Screened(T0, "word"), Found, new JobEvent.Cleared(T0)], "Submitted", 0, 25, "poll"),
        ("found while another runs, which is saved", [.. GivenUp, Intent(2), Submitted(2), Found, new JobEvent.Succeeded(T0, 2, 25), new JobEvent.Saved(T0, 2, [])], "Done", 25, 25, "finish"),
        ("found and collected", [.. GivenUp, Intent(2), new JobEvent.Refused(T0, 2, "429"), Found, new JobEvent.Succeeded(T0, 3, 25)], "Succeeded", 25, 0, "download"),
        ("not charged", [Intent(), Lost(), new JobEvent.NotCharged(T0, 1)], "Planned", 0, 0, "submit"),
        ("resubmit allowed keeps the reservation", [Intent(), Lost(), new JobEvent.ResubmitAllowed(T0, 1)], "Planned", 0, 25, "submit"),
        ("an unknown create is not submitted by a late answer of none", [Intent(), Lost(), new JobEvent.Refused(T0, 1, "late")], "Unknown", 0, 25, "hold Unknown"),
        ("screened", [new JobEvent.Screened(T0, "deny: x")], "Screened", 0, 0, "finish"),
        ("screened no more", [new JobEvent.Screened(T0, "deny: x"), new JobEvent.Cleared(T0)], "Planned", 0, 0, "submit"),
        ("an old fence says nothing", [Intent(), Submitted(), Failed(Internal, 0), Intent(2), Failed(Safety, 99)], "Intent", 0, 25, "hold CreateOnTheWay"),
        ("a fence that skips is not believed", [Intent(3)], "Planned", 0, 0, "submit"),
    ];

    public static TheoryData<string> Lives => [.. Cases.Select(life => life.Name)];

    [Theory]
    [MemberData(nameof(Lives))]
    public void A_life_leads_to_a_phase_its_money_and_a_next_step(string name)
    {
        var life = Cases.Single(one => one.Name == name);

        var state = Fold(life.Events);

        Assert.Equal(
            (life.Phase, life.Spent, life.Reserved, life.Step),
            (state.Phase.ToString(), state.Spent, state.Reserved, Name(JobLife.Decide(state, new Policy(), T0))));
    }

    [Theory]
    [InlineData("Pending", 5, 4, "poll")]
    [InlineData("Pending", 5, 5, "withdraw")]
    [InlineData("Throttled", 5, 500, "poll")]
    [InlineData("Running", 5, 20, "poll")]
    [InlineData("Pending", null, 500, "poll")]
    public void The_queue_limit_counts_only_what_is_pending(string status, int? limit, int minutes, string step)
    {
        var state = Fold(Intent(), Submitted(), Seen(Enum.Parse<TaskStatus>(status)));
        var policy = new Policy { QueueTimeout = limit is { } m ? TimeSpan.FromMinutes(m) : null, RunStart = T0 };

        Assert.Equal(step, Name(JobLife.Decide(state, policy, T0.AddMinutes(minutes))));
    }

    [Fact]
    public void The_queue_limit_starts_anew_after_being_throttled()
    {
        var state = Fold(Intent(), Submitted(), Seen(TaskStatus.Pending), Seen(TaskStatus.Throttled, 3), Seen(TaskStatus.Pending, 4));
        var policy = new Policy { QueueTimeout = TimeSpan.FromMinutes(5), RunStart = T0 };

        Assert.Equal("poll", Name(JobLife.Decide(state, policy, T0.AddMinutes(8))));
        Assert.Equal("withdraw", Name(JobLife.Decide(state, policy, T0.AddMinutes(9))));
    }

    [Fact]
    public void Only_one_second_attempt_comes_of_waiting_in_the_queue()
    {
        var state = Fold(
            Intent(), Submitted(), new JobEvent.CancelAsked(T0, 1, CancelReason.QueueTimeout), new JobEvent.Cancelled(T0, 1, 0),
            Intent(2), Submitted(2, "t2"), Seen(TaskStatus.Pending, 0, 2));
        var policy = new Policy { QueueTimeout = TimeSpan.FromMinutes(5), RunStart = T0, Attempts = 5 };

        Assert.Equal("poll", Name(JobLife.Decide(state, policy, T0.AddHours(9))));
    }

    [Fact]
    public void A_task_that_runs_too_long_is_left_running()
    {
        var state = Fold(Intent(), Submitted(), Seen(TaskStatus.Running));
        var policy = new Policy { RunStart = T0 };

        Assert.Equal("poll", Name(JobLife.Decide(state, policy, T0.AddMinutes(29))));
        Assert.Equal("hold RunsTooLong", Name(JobLife.Decide(state, policy, T0.AddMinutes(30))));
        Assert.Equal(JobStatus.Running, state.Status);
    }

    [Fact]
    public void Waiting_limits_count_from_the_start_of_the_run_at_the_earliest()
    {
        var state = Fold(Intent(), Submitted(), Seen(TaskStatus.Running));
        var policy = new Policy { RunStart = T0.AddDays(2) };

        Assert.Equal("poll", Name(JobLife.Decide(state, policy, T0.AddDays(2).AddMinutes(10))));
    }

    [Fact]
    public void A_new_attempt_waits_a_while()
    {
        var state = Fold(Intent(), Submitted(), Failed(Internal, 0));
        var step = Assert.IsType<NextStep.Submit>(JobLife.Decide(state, new Policy { RetryDelay = TimeSpan.FromSeconds(15) }, T0));

        Assert.Equal(T0.AddSeconds(15), step.NotBefore);
    }
}
