namespace BatchRunner.Benchmarks.Scheduling;

/// <summary>
/// What one would write without a scheduler, on a virtual clock: as many workers as slots, each of which creates a task,
/// asks for it until it has ended, downloads, and takes the next job.
/// </summary>
/// <param name="asksEvery">The pause before the next ask, given a number from 0 to 1.</param>
sealed class OtherPool(Func<double, TimeSpan> asksEvery)
{
    /// <summary>A semaphore, an ask every 8 s, the download inside the slot.</summary>
    public static OtherPool Usual { get; } = new(_ => TimeSpan.FromSeconds(8));

    /// <summary>The same with the waiting loop of Runway's own SDK: 6 s, give or take 1.5 s.</summary>
    public static OtherPool WithSdk { get; } = new(dice => TimeSpan.FromSeconds(4.5 + (3 * dice)));

    /// <summary>Runs jobs of these durations to their end.</summary>
    public (TimeSpan Makespan, double AsksPerJob) Run(
        IReadOnlyList<TimeSpan> durations, int slots, TimeSpan createTakes, TimeSpan askTakes, TimeSpan downloadTakes, int seed)
    {
        var random = new Random(seed);
        var workers = new PriorityQueue<int, TimeSpan>();
        for (var i = 0; i < slots; i++)
        {
            workers.Enqueue(i, TimeSpan.Zero);
        }

        var (end, asks) = (TimeSpan.Zero, 0L);
        foreach (var duration in durations)
        {
            workers.TryDequeue(out var worker, out var now);
            now += createTakes;
            var ends = now + duration;
            end = ends > end ? ends : end;
            do
            {
                now += asksEvery(random.NextDouble()) + askTakes;
                asks++;
            }
            while (now < ends);

            workers.Enqueue(worker, now + downloadTakes);
        }

        return (end, (double)asks / durations.Count);
    }
}
