using System.Diagnostics;
using System.Globalization;
using BatchRunner.Benchmarks.Processes;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Benchmarks.Journals;

/// <summary>What the journal of a large finished run costs to open: by `status`, as a program, and read again in this process.</summary>
static class OpenBenchmark
{
    public static async Task<int> Run(Options options, TextWriter output)
    {
        var product = new Product(options.Text("product"));
        await output.WriteLineAsync($"{product.Name}; {Machine.Now}");
        foreach (var jobs in options.Numbers("jobs", 100_000))
        {
            var root = Directory.CreateTempSubdirectory("batchrunner-bench-").FullName;
            try
            {
                var folder = new RunFolder(root);
                await Write(folder, jobs);
                var raw = Stopwatch.StartNew();
                var bytes = (await File.ReadAllBytesAsync(folder.Journal)).Length;
                var limit = raw.Elapsed.TotalSeconds;
                var child = await product.Run(root, new Dictionary<string, string>(), "status", root);
                Read(folder, jobs);
                var before = GC.GetTotalMemory(forceFullCollection: true);
                var clock = Stopwatch.StartNew();
                var contents = Read(folder, jobs);
                var warm = clock.Elapsed.TotalSeconds;
                var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)jobs;
                GC.KeepAlive(contents);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{jobs,7} jobs, {bytes >> 20} MB: `status` {child.Seconds:0.00} s, peak {child.PeakMegabytes:0} MB; read again {warm:0.00} s, "
                    + $"{bytes / warm / 1048576:0} MB/s, {held:0} bytes a job; reading the bytes alone {limit:0.000} s"));
            }
            finally
            {
                Directory.Delete(root, recursive: true);
            }
        }

        return 0;
    }

    static JournalContents Read(RunFolder folder, int jobs) =>
        Journal.Read(folder) is ReadAnswer.Found { Contents: var contents } && contents.Jobs.Count == jobs
            ? contents
            : throw new InvalidDataException("the journal is not as it was written");

    // By the store itself, without its syncs.
    static async Task Write(RunFolder folder, int jobs)
    {
        var terms = new JournalTerms("bench", "api.example", "0.1.0", Path.Combine(folder.Root, "emergency"));
        if (await Journal.Open(folder, terms, new FakeDisk(), TimeProvider.System) is not OpenAnswer.Opened { Store: var store })
        {
            throw new InvalidOperationException("the journal can't be opened");
        }

        await using (store)
        {
            var specs = MadeJobs.Several(jobs);
            await store.RecordPlan(specs, default);
            var submit = new SubmitTerms(25, null, int.MaxValue, new Policy { Attempts = 2 }, DateTimeOffset.UnixEpoch);
            var at = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
            foreach (var spec in specs)
            {
                at += TimeSpan.FromSeconds(1);
                await store.BeginSubmit(spec.Key, submit with { At = at }, default);
                var task = new TaskId(Guid.NewGuid().ToString());
                await store.Append(spec.Key, new JobEvent.Submitted(at, 1, task, 25), default);
                await store.Append(spec.Key, new JobEvent.Seen(at.AddSeconds(20), 1, TaskStatus.Running, null), default);
                await store.Append(spec.Key, new JobEvent.Succeeded(at.AddSeconds(80), 1, 25), default);
                var file = new JobFile(spec.Output + ".mp4", 48_213, spec.Key.Hex);
                await store.Append(spec.Key, new JobEvent.Saved(at.AddSeconds(83), 1, [file]), default);
            }
        }
    }
}
