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

    [Fact]
    public async Task After_a_cap_has_stopped_a_run_it_says_how_high_the_cap_must_be_and_where_it_is_written()
    {
        await using var desk = await Desk.Open();
        var text = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", text.Replace("max_credits: 500", "max_credits: 50", StringComparison.Ordinal));
        Assert.Equal(5, (await desk.Type("run batch.yaml --yes --new")).Exit);

        var stopped = await desk.Type("status batch.yaml");
        desk.Folder.Write("batch.yaml", text.Replace("max_credits: 500", "max_credits: 72", StringComparison.Ordinal));
        var raised = await desk.Type("status batch.yaml");
        var folder = await desk.Type("status out/ads");
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes")).Exit);

        Assert.Equal(7, stopped.Exit);
        Assert.EndsWith(
            "\nthe cap of 50 credits is for all runs in this folder: 1 job more may cost 24 credits; "
            + "raise `limits.max_credits` to at least 72 to go on (batch.yaml:6:24)\n",
            stopped.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n`batchrunner run batch.yaml` submits 1 job for 24 credits ($0.24) at most\n", raised.Output, StringComparison.Ordinal);
        Assert.EndsWith("\na run of the manifest submits the 1 job not submitted yet\n", folder.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("submits", (await desk.Type("status batch.yaml")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_job_that_was_screened_it_tells_the_rule_that_the_manifest_has_now()
    {
        await using var desk = await Desk.Open();
        var text = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", text + "\nscreening: { deny: [ train ] }\n");
        Assert.Equal(3, (await desk.Type("run batch.yaml --yes --new")).Exit);
        Assert.Contains("calm-m02: its prompt holds `train`; change the prompt", (await desk.Type("status batch.yaml")).Output, StringComparison.Ordinal);

        desk.Folder.Write("batch.yaml", text + "\nscreening: { deny: [ table ] }\n");
        var other = await desk.Type("status batch.yaml");
        desk.Folder.Write("batch.yaml", text);
        var gone = await desk.Type("status batch.yaml");
        var json = await desk.Type("status batch.yaml --json --only screened");
        var explained = await desk.Type("explain batch.yaml calm-m02");

        Assert.Contains("calm-m02: its prompt holds `table`; change the prompt", other.Output, StringComparison.Ordinal);
        Assert.Contains("calm-m02: no screening rule stops it any more; run again: it is submitted", gone.Output, StringComparison.Ordinal);
        Assert.Contains("`batchrunner run batch.yaml` submits 1 job for 24 credits ($0.24) at most", gone.Output, StringComparison.Ordinal);
        Assert.Equal("no screening rule stops it any more", json.Lines[0].GetProperty("failure").GetString());
        Assert.Contains("a screening rule stopped it: its prompt holds `train`", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_under_way_it_says_how_to_collect_but_not_while_a_run_does()
    {
        await using var desk = await Desk.Open();
        desk.When = ("calm-m01  submitted", interrupts => interrupts.Signal(System.Runtime.InteropServices.PosixSignal.SIGINT));
        Assert.Equal(130, (await desk.Type("run batch.yaml --yes --new --limit 1")).Exit);

        var idle = await desk.Type("status out/ads");
        using (File.Open(desk.Folder["out/ads/.batchrunner/lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.DoesNotContain("collects", (await desk.Type("status out/ads")).Output, StringComparison.Ordinal);
        }

        Assert.Contains("`batchrunner run out/ads` collects the 1 job under way, and pays nothing more for them", idle.Output, StringComparison.Ordinal);
    }
}
