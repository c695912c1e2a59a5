using System.Globalization;
using System.Runtime.CompilerServices;
using BatchRunner.Benchmarks.Processes;
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

        // Each task's time is made of its request, so both have the same to do.
        await output.WriteLineAsync($"ours                          {ours.Seconds,6:0.0} s  {ours.PeakMegabytes,5:0} MB, {first.Ledger.Count} charges");
        await output.WriteLineAsync($"pool in Node with the SDK     {others.Seconds,6:0.0} s  {others.PeakMegabytes,5:0} MB, {second.Ledger.Count} charges");
        await output.WriteLineAsync($"the pool needs {others.Seconds / ours.Seconds:0.00} times as long");
        return 0;
    }

    static Task<SimulatorServer> Account(int slots, int scale) => SimulatorServer.Start(
        new SimulatorOptions { Slots = slots, TimeScale = scale, DailyCap = int.MaxValue }, TimeProvider.System, CancellationToken.None);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Script([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "", "..", "..", "conformance", "pool.mjs"));
}
