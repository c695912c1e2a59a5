using System.Globalization;
using System.Runtime.CompilerServices;
using BatchRunner.Benchmarks.Processes;
using BatchRunner.Scheduling.Dispatching.Forecasts;
using BatchRunner.Simulator;

namespace BatchRunner.Benchmarks.Runs;

/// <summary>
/// The program against the simulator in real time, beside a plain pool in Node with Runway's own SDK and its waiting loop:
/// the same jobs, the same account, every time divided by the same scale.
/// </summary>
static class WallBenchmark
{
    public static async Task<int> Run(Options options, TextWriter output)
    {
        var product = new Product(options.Text("product"));
        var (jobs, slots, scale) = (options.Number("jobs", 120), options.Number("slots", 5), options.Number("scale", 20));
        using var sheets = new Sheets(jobs, string.Create(CultureInfo.InvariantCulture, $", poll_interval: {5_000 / scale}ms"));
        await output.WriteLineAsync($"{product.Name}; {jobs} jobs of 30 to 120 s on {slots} slots, {scale} times faster; {Machine.Now}");

        await using var first = await Account(slots, scale);
        var ours = await product.Run(
            sheets.Folder,
            new Dictionary<string, string>
            {
                ["RUNWAYML_API_SECRET"] = "key_of_the_benchmark",
                ["XDG_STATE_HOME"] = Path.Combine(sheets.Folder, "state"),
            },
            "run", "batch.yaml", "--base-url", first.BaseAddress.ToString(), "--yes", "--new", "--plain");

        await using var second = await Account(slots, scale);
        var others = await Child.Run(
            ["node", Script(), second.BaseAddress.ToString(), Text(jobs), Text(slots), Text(scale), Path.Combine(sheets.Folder, "others")],
            variables: new Dictionary<string, string> { ["RUNWAYML_API_SECRET"] = "key_of_the_benchmark" });
        if (others.ExitCode != 0)
        {
            throw new InvalidOperationException($"the pool in Node ended with {others.ExitCode}: {others.Said}");
        }

        await Tell(output, "ours", ours, first, slots, scale);
        await Tell(output, "pool in Node with the SDK", others, second, slots, scale);
        await output.WriteLineAsync($"the pool needs {others.Seconds / ours.Seconds:0.000} times as long");
        return 0;
    }

    // Beside the time its own tasks take if a slot that falls free has the longest of those that wait at once.
    static Task Tell(TextWriter output, string who, Child child, SimulatorServer server, int slots, int scale)
    {
        var ideal = SlotForecast.Of(slots, [], server.Durations.Select(each => (each, 1))).TotalSeconds / scale;
        return output.WriteLineAsync(
            $"{who,-26} {child.Seconds,6:0.0} s, {child.Seconds / ideal:0.000} times the ideal {ideal:0.0} s; {child.PeakMegabytes,5:0} MB, {server.Ledger.Count} charges");
    }

    static Task<SimulatorServer> Account(int slots, int scale) => SimulatorServer.Start(
        new SimulatorOptions { Slots = slots, TimeScale = scale, DailyCap = int.MaxValue }, TimeProvider.System, CancellationToken.None);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Script([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "", "..", "..", "conformance", "pool.mjs"));
}
