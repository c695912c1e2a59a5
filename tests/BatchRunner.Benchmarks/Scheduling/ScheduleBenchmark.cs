using System.Diagnostics;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Benchmarks.Scheduling;

/// <summary>
/// The real dispatcher on a virtual clock beside two other pools, all on the same durations: time until the last task has
/// ended, as a multiple of list scheduling without any latency, and asks a job.
/// </summary>
static class ScheduleBenchmark
{
    const double Aim = 1.02;
    const double MostAsks = 5;

    static readonly TimeSpan createTakes = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan askTakes = TimeSpan.FromSeconds(0.2);
    static readonly TimeSpan downloadTakes = TimeSpan.FromSeconds(3);

    public static int Run(Options options, TextWriter output)
    {
        var seed = options.Number("seed", 1);
        var held = true;
        output.WriteLine("jobs of 30 to 120 s; a create takes 0.5 s, an ask 0.2 s, a download 3 s; ideal: list scheduling without latency");
        output.WriteLine("                          ours              usual pool        pool, SDK's loop");
        output.WriteLine("  jobs slots     ideal    ratio  asks       ratio  asks       ratio  asks");
        var clock = Stopwatch.StartNew();
        var events = 0L;
        foreach (var jobs in options.Numbers("jobs", 1_000, 10_000))
        {
            foreach (var slots in options.Numbers("slots", 1, 3, 5, 10, 20))
            {
                var random = new Random(seed + slots);
                List<TimeSpan> durations = [.. Enumerable.Range(0, jobs).Select(_ => TimeSpan.FromSeconds(30 + (90 * random.NextDouble())))];
                var ours = VirtualRun.Of(durations, slots, seed: seed);
                var (usual, usualAsks) = OtherPool.Usual.Run(durations, slots, createTakes, askTakes, downloadTakes, seed);
                var (sdk, sdkAsks) = OtherPool.WithSdk.Run(durations, slots, createTakes, askTakes, downloadTakes, seed);
                output.WriteLine(
                    $"{jobs,6:0} {slots,5:0} {ours.Ideal.TotalSeconds,8:0} s    {ours.Ratio:0.000}  {ours.AsksPerJob,4:0.0}       "
                    + $"{usual / ours.Ideal:0.000}  {usualAsks,4:0.0}       {sdk / ours.Ideal:0.000}  {sdkAsks,4:0.0}");
                events += ours.Steps;
                held &= ours.Done == jobs && ours.AsksPerJob <= MostAsks && (slots < 5 || ours.Ratio <= Aim);
            }
        }

        output.WriteLine($"aim from 5 slots on: {Aim:0.00} and {MostAsks:0} asks a job: {(held ? "held" : "MISSED")}; "
            + $"{events / clock.Elapsed.TotalSeconds:0} events a second on one core");
        return held ? 0 : 1;
    }
}
