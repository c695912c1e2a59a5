using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`status` speaks of the last run, and says when the manifest has gone on since.</summary>
public sealed class StatusSpecs
{
    [Fact]
    public async Task A_manifest_that_changed_since_is_told_in_a_line_with_what_a_run_would_pay()
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new")).Exit);
        Assert.DoesNotContain("has changed since", (await desk.Type("status batch.yaml")).Output, StringComparison.Ordinal);

        desk.Folder.Write("data/messages.csv", "id,scene\nm02,a grey train table\nm03,a quiet desk\nm04,a bridge\nm05,a pier\n");
        var manifest = await desk.Type("status batch.yaml");

        Assert.Equal(0, manifest.Exit);
        Assert.Equal(
            "`batch.yaml` has changed since: 1 job changed, 2 jobs new, 1 job no longer asked for; "
            + "a run would submit 3 jobs for 72 credits ($0.72), as `batchrunner plan batch.yaml` shows",
            manifest.Output.TrimEnd('\n').Split('\n')[^1]);
        Assert.DoesNotContain("has changed since", (await desk.Type("status out/ads")).Output, StringComparison.Ordinal);

        desk.Folder.Write("data/messages.csv", "id,scene\nm01,a window\nm02,a train table\n");
        Assert.Contains("1 job no longer asked for; a run would submit nothing", (await desk.Type("status batch.yaml")).Output, StringComparison.Ordinal);

        // A manifest that is broken by now says nothing of what was run.
        desk.Folder.Write("batch.yaml", "version: 1\nname: ads\n");
        var broken = await desk.Type("status batch.yaml");
        Assert.Equal(0, broken.Exit);
        Assert.Contains("3 jobs, 3 done", broken.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("has changed since", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clips_of_earlier_plans_are_told_once_and_do_not_count_as_jobs()
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new")).Exit);
        desk.Folder.Write("data/messages.csv", "id,scene\nm01,a door\nm02,a grey table\nm03,a quiet desk\n");
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes")).Exit);

        var status = await desk.Type("status batch.yaml");

        Assert.StartsWith("out/ads: 3 jobs, 3 done; and 2 of earlier plans\n", status.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n  done     2 jobs (calm-m01, calm-m02): no row asks for this request any more\n", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_some_jobs_only_is_no_change_of_the_manifest()
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new --limit 1")).Exit);
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --retake --id calm-m01")).Exit);

        Assert.DoesNotContain("has changed since", (await desk.Type("status batch.yaml")).Output, StringComparison.Ordinal);
    }
}
