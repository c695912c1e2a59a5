using BatchRunner.Jobs;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class WholeRunSpecs
{
    [Fact]
    public async Task A_run_submits_polls_and_downloads_every_job_once()
    {
        using var bench = new RunBench();

        var outcome = await bench.Run(MadeJobs.Several(40));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(40, outcome.Summary.Done);
        Assert.Equal(40, bench.Runway.CreateCount);
        Assert.Equal(40 * 25, outcome.Summary.Spent);
        Assert.Equal(0, outcome.Summary.Reserved);
        Assert.All(bench.Journal.Planned, job => Assert.Equal(JobPhase.Done, job.State.Phase));
        Assert.All(bench.Journal.Planned, job => Assert.True(File.Exists(bench.Folder.PathOf(job.State.Files[0].Path))));
    }

    [Fact]
    public async Task A_second_run_submits_nothing_and_downloads_nothing()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(12));
        var (creates, fetches) = (bench.Runway.CreateCount, bench.Downloads.FetchCount);

        var outcome = await bench.Run(MadeJobs.Several(12));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(creates, bench.Runway.CreateCount);
        Assert.Equal(fetches, bench.Downloads.FetchCount);
    }
}
