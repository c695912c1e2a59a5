using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Planning;

public class PlannerSpecs
{
    static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    static readonly JobFailure Internal = new("INTERNAL", "internal", true, "it broke");
    static readonly JobFailure Safety = new("SAFETY.INPUT.TEXT", "safety-input", false, "no");
    static readonly JobFailure Changed = new(null, "input-changed", false, "other bytes");

    static JobEvent Intent => new JobEvent.Intended(Now, 1, 25);

    static JobEvent Submitted => new JobEvent.Submitted(Now, 1, new TaskId("t1"), null);

    static JobEvent Succeeded => new JobEvent.Succeeded(Now, 1, 25);

    static JobEvent.Saved Saved(string path) => new(Now, 1, [new JobFile(path, 1, "00")]);

    static JournaledJob Known(int number, JobSpec spec, params JobEvent[] events) =>
        new(number, spec, events.Aggregate(JobState.New, JobLife.Apply), null, true, 0);

    static JournaledJob Done(int number, JobSpec spec) =>
        Known(number, spec, Intent, Submitted, Succeeded, Saved(spec.Output + ".mp4"));

    static Plan Make(IReadOnlyList<JobSpec> jobs, params JournaledJob[] known) => Planner.Plan(
        MadeJobs.Batch(jobs), new JournalContents(null, known, [.. Enumerable.Range(1, known.Length)]));

    static readonly List<(string Name, JobEvent[] Events, PlanAction Action, string Why)> Cases =
    [
        ("nothing", [], PlanAction.New, "nothing was paid for it yet"),
        ("refused", [Intent, new JobEvent.Refused(Now, 1, "429")], PlanAction.New, "nothing was paid for it yet"),
        ("done", [Intent, Submitted, Succeeded, Saved("a.mp4")], PlanAction.Kept, "done"),
        ("running", [Intent, Submitted], PlanAction.PickedUp, "task t1 runs at Runway"),
        ("succeeded", [Intent, Submitted, Succeeded], PlanAction.PickedUp, "task t1 has its outputs"),
        ("unknown", [Intent, new JobEvent.Lost(Now, 1, "connection reset")], PlanAction.Unknown, "connection reset"),
        ("intent", [Intent], PlanAction.PickedUp, "it is being submitted by the run that holds the folder"),
        ("failed", [Intent, Submitted, new JobEvent.Failed(Now, 1, Safety, 25)], PlanAction.Failed, "failed as `safety-input`"),
        ("again", [Intent, Submitted, new JobEvent.Failed(Now, 1, Internal, 0)], PlanAction.Again, "`internal` cost nothing and may be tried again"),
        ("mended", [new JobEvent.Failed(Now, 0, Changed, null)], PlanAction.New, "nothing was sent for it"),
        ("cancelled", [Intent, Submitted, new JobEvent.Cancelled(Now, 1, 0)], PlanAction.Cancelled, "its task was cancelled"),
        ("screened", [new JobEvent.Screened(Now, "deny: competitor")], PlanAction.New, "no screening rule stops it any more"),
        ("flagged", [new JobEvent.Screened(Now, "flagged for violence", IsModerated: true)], PlanAction.Screened, "flagged for violence"),
        ("resubmit", [Intent, new JobEvent.Lost(Now, 1, "reset"), new JobEvent.ResubmitAllowed(Now, 1)], PlanAction.Again, "another attempt was allowed"),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_state_has_its_action_and_its_reason(string name)
    {
        var (_, events, action, why) = Cases.Single(one => one.Name == name);

        var planned = Assert.Single(Make([MadeJobs.Job(0)], Known(1, MadeJobs.Job(0), events)).Jobs);

        Assert.Equal((action, why), (planned.Action, planned.Why));
    }

    [Fact]
    public void A_changed_job_says_which_fields_changed_from_what_to_what()
    {
        var plan = Make([MadeJobs.Job(0, prompt: "new words")], Done(1, MadeJobs.Job(0)));

        var job = Assert.Single(plan.Jobs);
        Assert.Equal((PlanAction.Changed, "`promptText` changed"), (job.Action, job.Why));
        Assert.Equal([new FieldChange("promptText", "a bottle on linen, number 1", "new words")], job.Changes);
        Assert.Equal("job-0001", Assert.Single(plan.Replaced).Spec.Id);
        Assert.Empty(plan.Orphans);
    }

    [Fact]
    public void Totals_count_what_will_be_submitted()
    {
        var plan = Make(
            [MadeJobs.Job(0), MadeJobs.Job(1, credits: 30), MadeJobs.Job(2, credits: null)], Done(1, MadeJobs.Job(0)));

        Assert.Equal((30m, 2, 1, 1), (plan.Credits, plan.SubmitCount, plan.UnpricedCount, plan.Count(PlanAction.Kept)));
        Assert.True(plan.HasWork);
        Assert.Equal(0, plan.Select(job => job.Spec.Index == 0).SubmitCount);
    }

    [Fact]
    public void A_finished_plan_has_no_work() =>
        Assert.False(Make([MadeJobs.Job(0)], Done(1, MadeJobs.Job(0))).HasWork);

    [Fact]
    public void Asking_again_submits_what_failed_or_was_cancelled()
    {
        var plan = Make(
            [MadeJobs.Job(0), MadeJobs.Job(1)],
            Known(1, MadeJobs.Job(0), Intent, Submitted, new JobEvent.Failed(Now, 1, Safety, 25)),
            Done(2, MadeJobs.Job(1)));

        Assert.Equal(0, plan.SubmitCount);
        Assert.Equal(1, plan.Retry().SubmitCount);
    }

    [Fact]
    public void A_shared_request_is_not_submitted_twice()
    {
        var plan = Make([MadeJobs.Job(0), MadeJobs.Job(0, id: "twin") with { SharesWith = "job-0001" }]);

        Assert.Equal((1, PlanAction.Shared), (plan.SubmitCount, plan.Jobs[1].Action));
    }

    [Fact]
    public void Selecting_a_sharer_selects_and_prices_the_job_whose_file_it_gets()
    {
        var plan = Make([MadeJobs.Job(0), MadeJobs.Job(0, id: "twin") with { SharesWith = "job-0001" }, MadeJobs.Job(1)]);

        var selected = plan.Select(job => job.Spec.Id == "twin");

        Assert.Equal([true, true, false], selected.Jobs.Select(job => job.IsSelected));
        Assert.Equal((1, 25m), (selected.SubmitCount, selected.Credits));
    }

    [Fact]
    public void Renamed_files_move_first_and_files_in_a_new_jobs_place_when_it_has_been_made()
    {
        var old = MadeJobs.Job(0);
        var plan = Make(
            [MadeJobs.Job(0, prompt: "new words"), MadeJobs.Job(1) with { Output = "elsewhere" }],
            Done(1, old),
            Done(2, MadeJobs.Job(1)));

        Assert.Equal([new FileMove(2, MadeJobs.Job(1).Key, "clips/job-0002.mp4", "elsewhere.mp4", false)], plan.Moves);
        Assert.Equal(
            [new FileMove(1, old.Key, "clips/job-0001.mp4", $"superseded/clips/job-0001-{old.Key.Short}.mp4", true)], plan.Leaving);
    }

    [Fact]
    public void A_file_whose_place_a_renamed_one_takes_goes_aside_at_once()
    {
        var old = MadeJobs.Job(0);
        var plan = Make([MadeJobs.Job(1) with { Output = old.Output }], Done(1, old), Done(2, MadeJobs.Job(1)));

        Assert.Equal([true, false], plan.Moves.Select(move => move.IsSuperseded));
        Assert.Empty(plan.Leaving);
    }

    [Fact]
    public void An_orphans_file_stays_where_nobody_wants_its_place() =>
        Assert.Empty(Make([MadeJobs.Job(5)], Done(1, MadeJobs.Job(0))).Moves);
}
