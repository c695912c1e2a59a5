using System.Runtime.CompilerServices;
using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests;

public sealed class ConformanceSpecs
{
    [Fact]
    public async Task The_official_sdk_can_do_here_what_it_does_there()
    {
        Assert.SkipUnless(NodeTests.AreHere, "`node` and `npm` are not installed");
        await using var server = await SimulatorServer.Start(
            new SimulatorOptions { Key = "key_conformance", TimeScale = 50, Slots = 20 },
            TimeProvider.System,
            TestContext.Current.CancellationToken);

        await NodeTests.Run(
            Folder(),
            "@runwayml/sdk",
            new Dictionary<string, string> { ["BATCHRUNNER_SIMULATOR_URL"] = server.BaseAddress.ToString() },
            TestContext.Current.CancellationToken);
    }

    static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", "..", "conformance");
}
