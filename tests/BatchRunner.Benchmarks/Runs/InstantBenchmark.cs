using System.Diagnostics;
using System.Globalization;
using BatchRunner.Benchmarks.Processes;
using BatchRunner.Journaling;
using BatchRunner.Simulator;

namespace BatchRunner.Benchmarks.Runs;

/// <summary>
/// Jobs that take no time at Runway, from the CSV to the last file: real HTTP, a journal that is synced, results.csv, the
/// report. What is left is what the program itself costs. The simulator runs in this process, the program in one of its own.
/// </summary>
static class InstantBenchmark
{
    // reference figures: promptfoo 0.123.1, 10,000 rows, a provider that answers at once, 20 at a time; Node 22, 2 cores
    const double OthersSeconds = 54;
    const double OthersMegabytes = 760;
    const int OthersJobs = 10_000;

    public static async Task<int> Run(Options options, TextWriter output)
    {
        var product = new Product(options.Text("product"));
        var slots = options.Number("slots", 20);
        await output.WriteLineAsync($"{product.Name}; {slots} slots; {Machine.Now}");
        await output.WriteLineAsync("   jobs    time   jobs/s    peak   processor a job: program, simulator   a sync   limit by syncs   promptfoo at that rate");
        foreach (var jobs in options.Numbers("jobs", 10_000))
        {
            await using var server = await SimulatorServer.Start(
                new SimulatorOptions
                {
                    Slots = slots,
                    DailyCap = int.MaxValue,
                    Credits = 1_000_000_000,
                    VideoSeconds = default,
                    PendingSeconds = default,
                    SamePicture = true,
                },
                TimeProvider.System,
                CancellationToken.None);
            using var sheets = new Sheets(jobs, ", poll_interval: 20ms, downloads: 4");
            var sync = SecondsASync(sheets.Folder);
            var before = Environment.CpuUsage.TotalTime;
            var child = await product.Run(
                sheets.Folder,
                new Dictionary<string, string>
                {
                    ["RUNWAYML_API_SECRET"] = "key_of_the_benchmark",
                    ["XDG_STATE_HOME"] = Path.Combine(sheets.Folder, "state"),
                },
                "run", "batch.yaml", "--base-url", server.BaseAddress.ToString(), "--yes", "--new", "--plain");
            var seconds = child.Seconds;
            var simulated = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{jobs,7} {seconds,6:0.0}s {jobs / seconds,8:0} {child.PeakMegabytes,5:0} MB {child.ProcessorSeconds / jobs * 1000,20:0.00} ms {simulated / jobs * 1000,8:0.00} ms   {sync * 1000,6:0.00}ms {2 * jobs * sync,6:0.0}s ({seconds / (2 * jobs * sync):0.0} times)   "
                + $"{OthersSeconds * jobs / OthersJobs:0}s ({OthersSeconds * jobs / OthersJobs / seconds:0.0} times), {OthersMegabytes:0} MB for {OthersJobs}"));
            if (server.Ledger.Count != jobs)
            {
                await output.WriteLineAsync($"paid {server.Ledger.Count} times for {jobs} jobs");
                return 1;
            }
        }

        return 0;
    }

    // An intent and a task's id are synced one after the other before anything else happens: the disk sets the pace.
    static double SecondsASync(string folder)
    {
        const int Times = 500;
        using var file = new LocalDisk().OpenForAppend(Path.Combine(folder, "sync"));
        var line = new byte[120];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++)
        {
            file.Append(line);
            file.Sync();
        }

        return clock.Elapsed.TotalSeconds / Times;
    }
}
