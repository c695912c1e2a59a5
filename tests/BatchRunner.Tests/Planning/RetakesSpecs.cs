using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Manifests;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Planning;

/// <summary>Where a selection of jobs becomes one more take of each.</summary>
public sealed class RetakesSpecs : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    ExpandedBatch Expand(string more = "", IReadOnlyDictionary<JobKey, int>? retakes = null)
    {
        folder.Write("batch.yaml", $$$"""
            version: 1
            name: ads
            templates: { calm: "{{ m.scene }}" }
            variables: { m: [ { id: a, scene: a window }, { id: b, scene: a desk } ] }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            {{{more}}}
            """);
        var problems = new DiagnosticBag();
        var manifest = ManifestReader.Read(folder["batch.yaml"], null, problems);
        var batch = manifest is null ? null : Expander.Expand(manifest, ModelCatalogue.BuiltIn, problems, TestContext.Current.CancellationToken, retakes);
        return batch ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    static JournalContents Journal(params (JobSpec Spec, bool IsDone, int Takes)[] jobs)
    {
        JobEvent[] submitted = [new JobEvent.Intended(Now, 1, 24), new JobEvent.Submitted(Now, 1, new TaskId("t"), null)];
        JobEvent[] saved = [new JobEvent.Succeeded(Now, 1, 24), new JobEvent.Saved(Now, 1, [new JobFile("x.mp4", 1, "00")])];
        return new JournalContents(null, [.. jobs.Select((job, i) => new JournaledJob(
            i + 1, job.Spec, submitted.Concat(job.IsDone ? saved : []).Aggregate(JobState.New, JobLife.Apply), null, true, job.Takes))], []);
    }

    [Fact]
    public void A_done_job_gets_the_take_behind_its_last_and_the_others_none()
    {
        var batch = Expand();
        var journal = Journal((batch.Jobs[0], true, 0), (batch.Jobs[1], false, 0));

        var retakes = Retakes.Of(Planner.Plan(batch, journal));
        var plan = retakes.Among(Planner.Plan(Expand(retakes: retakes.Beside(journal)), journal));

        Assert.Equal([new Retake(batch.Jobs[0].Key, 2)], plan.Retakes);
        var selected = Assert.Single(plan.Jobs, job => job.IsSelected);
        Assert.Equal(("calm-a-take2", "calm-a-take2", PlanAction.New), (selected.Spec.Id, selected.Spec.Output, selected.Action));
        Assert.Equal((1, 24m, 1), (plan.SubmitCount, plan.Credits, plan.Batch.RetakeCount));
        Assert.Equal(["calm-a", "calm-a-take2", "calm-b"], plan.Jobs.Select(job => job.Spec.Id));
        Assert.Equal([0, 1, 2], plan.Jobs.Select(job => job.Spec.Index));
    }

    [Fact]
    public void A_take_without_an_end_is_the_next_one_and_no_other_is_asked_for()
    {
        var batch = Expand("takes: 2");
        var journal = Journal((batch.Jobs[0], true, 0), (batch.Jobs[1], false, 0));

        var retakes = Retakes.Of(Planner.Plan(batch, journal).Select(job => job.Spec.Id == "calm-a"));

        Assert.Empty(retakes.Asked);
        Assert.Equal("calm-a-take2", Assert.Single(retakes.Among(Planner.Plan(batch, journal)).Jobs, job => job.IsSelected).Spec.Id);
    }

    [Fact]
    public void Nothing_done_is_nothing_to_take_again()
    {
        var batch = Expand();

        Assert.True(Retakes.Of(Planner.Plan(batch, Journal((batch.Jobs[0], false, 0)))).IsEmpty);
        Assert.True(Retakes.Of(Planner.Plan(batch, Journal((batch.Jobs[0], true, 0))).Select(job => job.Spec.Index == 1)).IsEmpty);
    }

    [Fact]
    public void What_the_journal_has_is_expanded_by_any_takes_key_and_changes_no_key()
    {
        var plain = Expand("takes: 2");
        var retaken = Expand("takes: 1", new Dictionary<JobKey, int> { [plain.Jobs[0].Key] = 2, [plain.Jobs[1].Key] = 3 });

        Assert.Equal(["calm-a", "calm-a-take2", "calm-a-take3", "calm-b"], retaken.Jobs.Select(job => job.Id));
        Assert.Equal(plain.Jobs[1].Key, retaken.Jobs[1].Key);
        Assert.Equal(2, retaken.RetakeCount);
    }

    [Fact]
    public void A_sharers_retake_is_a_retake_of_the_job_it_shares_with()
    {
        var batch = Expand();
        batch = batch with { Jobs = [batch.Jobs[0], batch.Jobs[1] with { Key = batch.Jobs[0].Key, SharesWith = batch.Jobs[0].Id }] };
        var journal = Journal((batch.Jobs[0], true, 0));

        var retakes = Retakes.Of(Planner.Plan(batch, journal).Select(job => job.Spec.SharesWith is not null));

        Assert.Equal([new Retake(batch.Jobs[0].Key, 2), new Retake(batch.Jobs[0].Key, 2)], retakes.Asked);
    }

    [Fact]
    public void They_count_against_max_jobs()
    {
        var batch = Expand();
        var told = Assert.Throws<InvalidOperationException>(
            () => Expand("limits: { max_jobs: 2 }", new Dictionary<JobKey, int> { [batch.Jobs[1].Key] = 2 }));

        Assert.Contains("BR0235", told.Message, StringComparison.Ordinal);
    }
}
