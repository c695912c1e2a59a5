using BatchRunner.Simulator;
using BatchRunner.TestKit;
using BatchRunner.Tests.Architecture;

namespace BatchRunner.Tests;

public sealed class BatchSpecs : IDisposable
{
    readonly TempFolder temp = new();

    static string Example => Path.Combine(Repository.Root, "examples", "product-ab", "batch.yaml");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_manifest_is_read_and_planned_without_a_key_or_a_trace()
    {
        var batch = Batch.Read(Example, new BatchSettings { Folder = temp["out"] }, out var problems, Cancel);

        var plan = batch?.Plan();

        Assert.Empty(problems);
        Assert.Equal((40, 40, 1000m, 0), (batch?.JobCount, plan?.SubmitCount, plan?.Credits, plan?.UnpricedCount));
        Assert.False(Directory.Exists(temp["out"]));
    }

    [Fact]
    public void A_broken_manifest_is_told_with_its_places()
    {
        var path = temp.Write("batch.yaml", "version: 1\nmodle: x\n");

        Assert.Null(Batch.Read(path, new BatchSettings(), out var problems, Cancel));
        Assert.Contains(problems, problem => problem.Place is { Line: 2 });
    }

    [Fact]
    public async Task A_run_without_a_key_sends_nothing_and_leaves_nothing()
    {
        var batch = Batch.Read(Example, new BatchSettings { Folder = temp["out"] }, out _, Cancel);

        var outcome = await (batch ?? throw new InvalidOperationException("the example is broken")).Run(Cancel, Cancel);

        Assert.Equal((2, "BR0912"), (outcome.ExitCode, outcome.Problem?.Code));
        Assert.False(Directory.Exists(temp["out"]));
    }

    [Fact]
    public async Task Results_that_can_t_be_written_are_told_and_what_was_paid_is_kept()
    {
        await using var server = await SimulatorServer.Start(new SimulatorOptions { TimeScale = 1_000 }, TimeProvider.System, Cancel);
        var path = temp.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: rain on a roof }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            limits: { poll_interval: 50ms }
            """);
        var settings = new BatchSettings { Folder = temp["out"], Key = "key_x", Address = server.BaseAddress.ToString(), EmergencyFolder = temp["emergency"] };
        async Task<BatchOutcome> Run() => await (Batch.Read(path, settings, out _, Cancel) ?? throw new InvalidOperationException()).Run(Cancel, Cancel);
        Assert.Equal((0, null), await Run() is var first ? (first.ExitCode, first.Problem) : default);
        File.Delete(temp["out/results.csv"]);
        Directory.CreateDirectory(temp["out/results.csv/x"]);

        var second = await Run();

        Assert.Equal("BR0701", second.Problem?.Code);
    }
}
