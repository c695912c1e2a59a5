using System.Diagnostics;
using System.Runtime.CompilerServices;
using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests;

public sealed class ConformanceSpecs
{
    [Fact]
    public async Task The_official_sdk_can_do_here_what_it_does_there()
    {
        var node = Tools.Find("node");
        var npm = Tools.Find("npm");
        Assert.SkipWhen(node is null || npm is null, "`node` and `npm` are not installed");
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@runwayml", "sdk")))
        {
            await Run(npm, folder, null, "ci");
        }

        await using var server = await SimulatorServer.Start(
            new SimulatorOptions { Key = "key_conformance", TimeScale = 50, Slots = 20 },
            TimeProvider.System,
            TestContext.Current.CancellationToken);

        await Run(node, folder, server.BaseAddress, "--test");
    }

    static async Task Run(string program, string folder, Uri? simulator, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["BATCHRUNNER_SIMULATOR_URL"] = simulator?.ToString();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"`{program}` did not start");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);

            Assert.True(process.ExitCode == 0, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", "..", "conformance");
}
