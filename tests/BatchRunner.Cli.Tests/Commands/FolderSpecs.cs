using System.Runtime.InteropServices;
using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>A run's folder in the place of its manifest: what is under way is collected, and nothing new is paid for.</summary>
public sealed class FolderSpecs
{
    [Fact]
    public async Task Run_collects_what_is_under_way_and_submits_nothing()
    {
        await using var desk = await Desk.Open();
        desk.When = ("submitted", interrupts => interrupts.Signal(PosixSignal.SIGINT));
        var stopped = await desk.Type("run batch.yaml --yes --new");
        Assert.True(stopped.Exit == 130, stopped.ToString());
        var charges = (await desk.Charges()).Count;
        File.Delete(desk.Folder["batch.yaml"]);

        var plan = await desk.Type("plan out/ads --json");
        Assert.True(plan.Exit == 0, plan.ToString());
        Assert.Equal((0, charges), (
            plan.Lines[^1].GetProperty("submit").GetInt32(),
            plan.Lines.Count(line => line.GetProperty("type").GetString() == "job" && line.GetProperty("what").GetString() == "picked up")));
        Assert.Equal(3 - charges, plan.Lines.Count(line => line.GetProperty("type").GetString() == "job" && line.GetProperty("what").GetString() == "left alone"));
        Assert.Equal(10, (await desk.Type("plan out/ads --detailed-exitcode")).Exit);

        var run = await desk.Type("run out/ads");
        Assert.True(run.Exit == 7, run.ToString());
        Assert.Contains("what is not submitted yet only a run of the manifest submits", run.Errors, StringComparison.Ordinal);
        Assert.Equal(charges, Directory.GetFiles(desk.Folder["out/ads"], "*.mp4").Length);
        Assert.Equal(charges, (await desk.Charges()).Count);
        Assert.Equal(0, (await desk.Type("run out/ads --only done")).Exit);
        Assert.Equal(4, (await desk.Type("run out/ads --id nothing")).Exit);
    }

    [Fact]
    public async Task What_no_row_asks_for_any_more_is_collected_and_stays_orphaned()
    {
        await using var desk = await Desk.Open();
        desk.When = ("calm-m01  submitted", interrupts => interrupts.Signal(PosixSignal.SIGINT));
        var stopped = await desk.Type("run batch.yaml --yes --new --limit 1");
        Assert.True(stopped.Exit == 130, stopped.ToString());
        desk.Folder.Write("data/messages.csv", "id,scene\nm02,a train table\n");

        var plan = await desk.Type("plan batch.yaml");
        Assert.Contains(
            "orphaned  calm-m01: 0 credits spent, 24 credits reserved, and its task is at Runway: only a run of the folder itself collects it\n",
            plan.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes")).Exit);
        Assert.False(File.Exists(desk.Folder["out/ads/calm-m01.mp4"]));

        var run = await desk.Type("run out/ads");
        Assert.True(run.Exit == 0, run.ToString());
        Assert.True(File.Exists(desk.Folder["out/ads/calm-m01.mp4"]));
        var status = (await desk.Type("status batch.yaml --json")).Lines;
        Assert.Equal(
            [("calm-m02", false), ("calm-m01", true)],
            status.Where(line => line.GetProperty("type").GetString() == "job")
                .Select(line => (line.GetProperty("job").GetString() ?? "", line.GetProperty("orphaned").GetBoolean())));
        Assert.Equal(2, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task What_needs_a_manifest_says_so()
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --simulate --time-scale 1000")).Exit);

        var validate = await desk.Type("validate out/ads.simulated");
        var save = await desk.Type("plan out/ads.simulated --save plan.json");
        var isNew = await desk.Type("run out/ads.simulated --new");
        var run = await desk.Type("run out/ads.simulated");

        Assert.Equal((2, 2, 2, 0), (validate.Exit, save.Exit, isNew.Exit, run.Exit));
        Assert.Contains("BR0102", validate.Errors, StringComparison.Ordinal);
        Assert.Contains("BR0957", save.Errors, StringComparison.Ordinal);
        Assert.Contains("BR0914", isNew.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(desk.Folder["plan.json"]));
    }
}
