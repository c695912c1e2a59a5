using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Expansion.Shelving;

public class JobShelfSpecs
{
    static readonly SourceFile Sheet = new("messages.csv", "/nowhere/messages.csv");

    [Fact]
    public void Every_job_comes_back_whole_in_any_order()
    {
        var random = new Random(1);
        List<JobSpec> jobs = [.. Enumerable.Range(0, 3_000).Select(i => Varied(i, random))];
        var shelf = new JobShelf();

        jobs.ForEach(shelf.Add);

        Assert.Equal(jobs.Count, shelf.Count);
        foreach (var i in Enumerable.Range(0, jobs.Count).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(jobs.Count))))
        {
            AssertSame(jobs[i], shelf[i]);
        }
    }

    [Theory]
    [InlineData("half a pair \ud83d of an emoji")]
    [InlineData("a whole one \ud83d\ude00")]
    [InlineData("")]
    public void What_is_hard_to_pack_comes_back_too(string text)
    {
        var shelf = new JobShelf();
        JobSpec[] jobs =
        [
            MadeJobs.Job(0),
            MadeJobs.Job(1) with { Id = text },
            MadeJobs.Job(2) with { Prompt = text },
            MadeJobs.Job(3) with { Rows = [new AxisRow("message", "m", ["a"], [text])] },
            MadeJobs.Job(4),
        ];

        Array.ForEach(jobs, shelf.Add);

        Assert.All(jobs.Zip(shelf), pair => AssertSame(pair.First, pair.Second));
    }

    [Fact]
    public void A_job_that_was_changed_is_no_longer_the_one_on_the_shelf()
    {
        var shelf = new JobShelf();
        shelf.Add(MadeJobs.Job(0));
        shelf.Add(MadeJobs.Job(1));

        var renamed = shelf[0] with { Id = "renamed" };
        var reworded = shelf[0] with { Prompt = "other words" };

        Assert.Equal(("renamed", shelf[0].Prompt), (renamed.Stored.Job.Id, renamed.Stored.Job.Prompt));
        Assert.Equal((shelf[0].Id, "other words", shelf[0].Request), (reworded.Stored.Job.Id, reworded.Stored.Job.Prompt, reworded.Request));
        Assert.Equal(shelf[0], shelf[0].Stored.Job);
    }

    [Fact]
    public async Task Several_may_read_while_one_adds()
    {
        var shelf = new JobShelf();
        shelf.Add(MadeJobs.Job(0));
        using var isOver = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            do
            {
                foreach (var job in shelf)
                {
                    Assert.EndsWith(job.Id, job.Rows[0].Label, StringComparison.Ordinal);
                }
            }
            while (!isOver.IsCancellationRequested);
        })).ToList();
        foreach (var job in MadeJobs.Several(2_000).Skip(1))
        {
            shelf.Add(job);
        }

        await isOver.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public void A_thousand_jobs_take_little_room()
    {
        var jobs = MadeJobs.Several(20_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var shelf = new JobShelf(jobs.Count);
        foreach (var job in jobs)
        {
            shelf.Add(job);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / jobs.Count;

        GC.KeepAlive(shelf);
        GC.KeepAlive(jobs);
        Assert.InRange(each, 40, 150);
    }

    static JobSpec Varied(int i, Random random) => MadeJobs.Job(i, prompt: new string('é', random.Next(300)) + i) with
    {
        Output = i % 2 == 0 ? "clips/" + i : $"job-{i + 1:0000}",
        Template = i % 3 == 0 ? null : "bold",
        Take = 1 + (i % 4),
        Ratio = i % 5 == 0 ? null : "720:1280",
        EstimatedCredits = i % 7 == 0 ? null : i / 4m,
        Duration = i % 6 == 0 ? null : 5.50m,
        Seed = i % 2 == 0 ? null : -i * 4_000_000_000L,
        SharesWith = i % 9 == 0 ? "job-0001" : null,
        ScreenedBy = i % 11 == 0 ? "competitor" : null,
        Place = i % 2 == 0 ? null : new SourcePlace(Sheet, i, 2, 7),
        Inputs = i % 3 == 0 ? [] : [new JobInput("/promptImage", "/nowhere/hero.png", "ab", i * 5_000_000_000L, "image/png", null), new JobInput("/x", null, null, 0, null, "https://cdn/a?sig=1")],
        Rows = i % 4 == 0 ? [] : [new AxisRow("message", $"m{i}", ["id", "scene"], [$"m{i}", null]), new AxisRow("format", "", [], [])],
    };

    static void AssertSame(JobSpec expected, JobSpec found)
    {
        Assert.Equal(expected with { Request = "", Prompt = null, Rows = [], Inputs = [] }, found with { Request = "", Prompt = null, Rows = [], Inputs = [] }, Same);
        Assert.Equal((expected.Request, expected.Prompt), (found.Request, found.Prompt));
        Assert.Equal(expected.Inputs, found.Inputs);
        Assert.Equal(expected.Rows.Select(row => (row.Axis, row.Label)), found.Rows.Select(row => (row.Axis, row.Label)));
        Assert.All(expected.Rows.Zip(found.Rows), pair => Assert.Equal(pair.First.Columns, pair.Second.Columns));
        Assert.All(expected.Rows.Zip(found.Rows), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
    }

    static bool Same(JobSpec a, JobSpec b) =>
        (a.Index, a.Key, a.Id, a.Output, a.Template, a.Take, a.Endpoint) == (b.Index, b.Key, b.Id, b.Output, b.Template, b.Take, b.Endpoint)
        && (a.Model, a.EstimatedCredits, a.Ratio, a.Seed, a.SharesWith) == (b.Model, b.EstimatedCredits, b.Ratio, b.Seed, b.SharesWith)
        && $"{a.Duration}" == $"{b.Duration}" && (a.ScreenedBy, a.Extension, a.Place) == (b.ScreenedBy, b.Extension, b.Place);
}
