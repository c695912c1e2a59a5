using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Journaling;

public class FoldSpecs
{
    const int Jobs = 10_000;

    // A hundred thousand finished jobs have to fit beside each other: what was planned of each comes on top of this.
    const int Most = 400;

    [Fact]
    public void What_is_known_of_a_finished_job_takes_little_room()
    {
        var specs = MadeJobs.Several(Jobs);
        var fold = Named(specs);
        foreach (var spec in specs)
        {
            foreach (var happened in Life(spec.Output, TaskOf(spec.Index + 1)))
            {
                fold.Apply(new JournalRecord.Happened(spec.Index + 1, happened));
            }
        }

        var jobs = fold.ToContents().Jobs;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var job in jobs)
        {
            GC.KeepAlive(job with { State = job.State with { } });
            GC.KeepAlive(job.State.Attempts[0] with { });
            GC.KeepAlive(job.State.Files[0] with { });
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Jobs;

        Assert.All(jobs, job => Assert.Equal((JobPhase.Done, 1, 1), (job.State.Phase, job.State.Attempts.Length, job.State.Files.Length)));
        Assert.All(jobs, job => Assert.Equal($"{job.Spec.Output}.mp4", job.State.Files[0].Path));
        Assert.Equal(25m * Jobs, fold.Spent);
        Assert.InRange(each, 1, Most);
    }

    [Fact]
    public void A_picture_stays_as_it_was_taken()
    {
        var fold = Named(MadeJobs.Several(2));
        fold.Apply(new JournalRecord.Planned([2]));
        var picture = fold.ToContents();

        fold.Apply(new JournalRecord.Happened(1, new JobEvent.Intended(Corpus.At, 1, 25)));
        fold.Apply(new JournalRecord.Retaken(2, 3));
        fold.Apply(new JournalRecord.Planned([1]));

        Assert.Equal([(false, 0, 0), (true, 0, 0)], picture.Jobs.Select(job => (job.IsPlanned, job.Takes, job.State.Fence)));
        Assert.Equal([(true, 0, 1), (false, 3, 0)], fold.ToContents().Jobs.Select(job => (job.IsPlanned, job.Takes, job.State.Fence)));
    }

    [Fact]
    public void Among_many_jobs_each_is_found_by_its_key_and_by_its_task()
    {
        var specs = MadeJobs.Several(1_000);
        var fold = Named(specs);
        for (var number = 1; number <= specs.Count; number++)
        {
            fold.Apply(new JournalRecord.Happened(number, new JobEvent.Intended(Corpus.At, 1, 25)));
            fold.Apply(new JournalRecord.Happened(number, new JobEvent.Submitted(Corpus.At, 1, new TaskId(TaskOf(number)), null)));
        }

        Assert.All(specs, spec => Assert.Equal((spec.Key, spec.Id), (fold.Find(spec.Key)?.Spec is { } found ? (found.Key, found.Id) : default)));
        Assert.All(specs, spec => Assert.Equal(spec.Id, fold.OwnerOf(new TaskId(TaskOf(spec.Index + 1)))?.Spec.Id));
        Assert.Null(fold.Find(MadeJobs.Job(1_000).Key));
        Assert.Null(fold.OwnerOf(new TaskId(TaskOf(1_001))));
    }

    [Fact]
    public void A_task_is_found_by_its_id_in_either_case_and_belongs_to_who_had_it_first()
    {
        var fold = Named(MadeJobs.Several(2));
        foreach (var number in (int[])[1, 2])
        {
            fold.Apply(new JournalRecord.Happened(number, new JobEvent.Intended(Corpus.At, 1, 25)));
            fold.Apply(new JournalRecord.Happened(number, new JobEvent.Submitted(Corpus.At, 1, new TaskId("9A8B-x"), null)));
        }

        Assert.Null(fold.OwnerOf(new TaskId("9a8b-y")));
        Assert.Equal(1, fold.OwnerOf(new TaskId("9a8b-X"))?.Number);
    }

    [Fact]
    public void A_task_of_an_earlier_attempt_still_belongs_to_its_job()
    {
        var fold = Named(MadeJobs.Several(1));
        JobEvent[] life =
        [
            new JobEvent.Intended(Corpus.At, 1, 25), new JobEvent.Submitted(Corpus.At, 1, new TaskId("one"), null),
            new JobEvent.Failed(Corpus.At, 1, new JobFailure("INTERNAL", "internal", true, "it broke"), 0),
            new JobEvent.Intended(Corpus.At, 2, 25), new JobEvent.Submitted(Corpus.At, 2, new TaskId("two"), null),
        ];
        Array.ForEach(life, happened => fold.Apply(new JournalRecord.Happened(1, happened)));

        Assert.Equal([1, 1], new[] { "one", "two" }.Select(id => fold.OwnerOf(new TaskId(id))?.Number));
    }

    [Fact]
    public void A_task_is_found_that_is_made_after_one_was_looked_for()
    {
        var fold = Named(MadeJobs.Several(2));
        Assert.Null(fold.OwnerOf(new TaskId("one")));

        fold.Apply(new JournalRecord.Happened(2, new JobEvent.Intended(Corpus.At, 1, 25)));
        fold.Apply(new JournalRecord.Happened(2, new JobEvent.Submitted(Corpus.At, 1, new TaskId("one"), null)));

        Assert.Equal(2, fold.OwnerOf(new TaskId("one"))?.Number);
    }

    [Fact]
    public void A_number_that_is_given_to_another_key_is_damage()
    {
        var fold = Named(MadeJobs.Several(2));

        Assert.True(fold.Apply(new JournalRecord.JobNamed(2, MadeJobs.Job(1) with { Id = "renamed" }, null)));
        Assert.False(fold.Apply(new JournalRecord.JobNamed(2, MadeJobs.Job(5), null)));
        Assert.Equal("renamed", fold.At(2).Spec.Id);
    }

    static JournalFold Named(IReadOnlyList<JobSpec> specs)
    {
        var fold = new JournalFold();
        foreach (var spec in specs)
        {
            Assert.True(fold.Apply(new JournalRecord.JobNamed(spec.Index + 1, spec, null)));
        }

        return fold;
    }

    static string TaskOf(int number) => $"{number:x8}-1234-4abc-8def-0123456789ab";

    static JobEvent[] Life(string output, string task) =>
    [
        new JobEvent.Intended(Corpus.At, 1, 25, new DateOnly(2026, 11, 1)),
        new JobEvent.Submitted(Corpus.At, 1, new TaskId(task), 25),
        new JobEvent.Seen(Corpus.At, 1, TaskStatus.Running, null),
        new JobEvent.Succeeded(Corpus.At, 1, 25) { Ran = TimeSpan.FromSeconds(80) },
        new JobEvent.Saved(Corpus.At, 1, [new JobFile($"{output}.mp4", 48_213, new string('a', 64))]),
    ];
}
