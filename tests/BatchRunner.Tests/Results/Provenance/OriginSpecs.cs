using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Results.Provenance;

public sealed class OriginSpecs
{
    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_job_comes_from_the_run_that_made_its_last_create()
    {
        var (first, second) = (Origin("1.0"), Origin("2.0"));
        var fold = new JournalFold();
        fold.Apply(new JournalRecord.JobNamed(1, MadeJobs.Job(0), null));
        fold.Apply(new JournalRecord.JobNamed(2, MadeJobs.Job(1), null));
        fold.Apply(new JournalRecord.Began(first));
        fold.Apply(Intended(1, 1));
        fold.Apply(new JournalRecord.Began(second));

        // Not allowed while the first is on its way, so it changes nothing.
        fold.Apply(Intended(1, 1));
        Assert.Same(first, fold.ToContents().Jobs[0].Origin);
        Assert.Null(fold.ToContents().Jobs[1].Origin);

        fold.Apply(new JournalRecord.Happened(1, new JobEvent.Refused(Nine, 1, "busy")));
        fold.Apply(Intended(1, 2));
        Assert.Same(second, fold.ToContents().Jobs[0].Origin);
    }

    [Fact]
    public void Two_origins_are_the_same_by_what_they_say()
    {
        Assert.True(Origin("1.0").IsSame(Origin("1.0")));
        Assert.False(Origin("1.0").IsSame(Origin("1.1")));
        Assert.False(Origin("1.0").IsSame(Origin("1.0") with { IsDirty = true }));
        Assert.False(Origin("1.0").IsSame(Origin("1.0") with { Files = [new OriginPart("batch.yaml", "01")] }));
        Assert.False(Origin("1.0").IsSame(null));
    }

    static RunOrigin Origin(string tool) => new() { Tool = tool, Files = [new OriginPart("batch.yaml", "00")], Templates = [] };

    static JournalRecord.Happened Intended(int job, int fence) => new(job, new JobEvent.Intended(Nine, fence, 25));
}
