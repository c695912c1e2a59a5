using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Planning;

public sealed class ExplanationSpecs : IDisposable
{
    readonly RunBench bench = new();
    readonly JobSpec old = MadeJobs.Job(0, "hero", "a bottle on linen");
    readonly JobSpec now = MadeJobs.Job(0, "hero", "a bottle on wood");

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_changed_job_is_explained_with_its_old_and_new_fields_and_who_had_its_name()
    {
        await bench.Run([old]);

        var explained = Assert.Single(Explanation.Find("hero", bench.Journal, PlanOf(now)));

        Assert.Equal((now.Key, null, PlanAction.Changed), (explained.Spec.Key, explained.Known, explained.Planned?.Action));
        Assert.Equal(new FieldChange("promptText", "a bottle on linen", "a bottle on wood"), Assert.Single(explained.Planned?.Changes ?? []));
        Assert.Equal(old.Key, Assert.Single(explained.Namesakes).Spec.Key);
    }

    [Fact]
    public async Task The_beginning_of_a_key_means_a_job_that_no_row_asks_for_any_more()
    {
        await bench.Run([old]);

        var explained = Assert.Single(Explanation.Find(old.Key.Short, bench.Journal, PlanOf(now)));

        Assert.Equal((old.Key, JobPhase.Done), (explained.Spec.Key, explained.State.Phase));
        Assert.Null(explained.Planned);
    }

    [Fact]
    public async Task Without_a_manifest_the_last_plan_speaks_and_older_requests_are_namesakes()
    {
        await bench.Run([old]);
        await bench.Run([now]);

        var explained = Assert.Single(Explanation.Find("hero", bench.Journal, plan: null));

        Assert.Equal((now.Key, PlanAction.Kept), (explained.Spec.Key, explained.Planned?.Action));
        Assert.Equal(old.Key, Assert.Single(explained.Namesakes).Spec.Key);
    }

    [Fact]
    public void A_job_that_was_never_run_is_explained_from_the_plan()
    {
        var explained = Assert.Single(Explanation.Find(now.Key.Hex[..6].ToUpperInvariant(), JournalContents.Empty, PlanOf(now)));

        Assert.Equal((PlanAction.New, JobPhase.Planned), (explained.Planned?.Action, explained.State.Phase));
    }

    [Theory]
    [InlineData("her")]
    [InlineData("Hero")]
    [InlineData("00000")]
    public async Task A_word_that_means_nothing_finds_nothing(string word)
    {
        await bench.Run([old]);

        Assert.Empty(Explanation.Find(word, bench.Journal, PlanOf(old)));
    }

    [Fact]
    public async Task Everything_that_happened_is_handed_over_in_order()
    {
        await bench.Run([old]);
        var events = new List<JobEvent>();

        Journal.Read(bench.Folder, (_, happened) => events.Add(happened));

        Assert.IsType<JobEvent.Intended>(events[0]);
        Assert.IsType<JobEvent.Submitted>(events[1]);
        Assert.IsType<JobEvent.Saved>(events[^1]);
    }

    Plan PlanOf(JobSpec job) => Planner.Plan(MadeJobs.Batch([job]), bench.Journal);
}
