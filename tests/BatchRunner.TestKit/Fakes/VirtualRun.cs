using BatchRunner.Jobs;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.Scheduling.Dispatching;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.TestKit.Fakes;

/// <summary>
/// The real dispatcher in a world of events: no thread, no network, hours in milliseconds. Tasks run in the order they were
/// submitted on as many slots as the account has.
/// </summary>
sealed class VirtualRun
{
    static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    readonly Dispatcher dispatcher;
    readonly IReadOnlyList<TimeSpan> durations;
    readonly PriorityQueue<Fact, DateTimeOffset> coming = new();
    readonly Dictionary<Work, (DateTimeOffset From, DateTimeOffset To)> tasks = [];
    readonly PriorityQueue<int, DateTimeOffset> slots = new();
    DateTimeOffset now = Start;
    DateTimeOffset laneFreeAt = Start;
    readonly List<(TimeSpan At, TimeSpan Left)> forecasts = [];
    readonly HashSet<Work> pursued = [];

    VirtualRun(IReadOnlyList<TimeSpan> durations, int realSlots, int toldSlots, RunOptions options, int seed)
    {
        var random = new Random(seed);
        this.durations = durations;
        dispatcher = new Dispatcher(options, Start, _ => toldSlots, new LearntDurations(options.PollInterval), new ExpectedBytes(), random.NextDouble);
        for (var i = 0; i < realSlots; i++)
        {
            slots.Enqueue(i, Start);
        }
    }

    public TimeSpan CreateTakes { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan AskTakes { get; init; } = TimeSpan.FromSeconds(0.2);

    public TimeSpan DownloadTakes { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Runs jobs of these durations to their end.</summary>
    public static VirtualRunResult Of(
        IReadOnlyList<TimeSpan> durations, int slots, RunOptions? options = null, int seed = 1, int? toldSlots = null) =>
        new VirtualRun(durations, slots, toldSlots ?? slots, options ?? new RunOptions(), seed).Run();

    VirtualRunResult Run()
    {
        for (var i = 0; i < durations.Count; i++)
        {
            var work = new Work(MadeJobs.Job(i), JobState.New);
            dispatcher.Add(work, now);
            Look(work);
        }

        var (asks, throttled, steps, mostPursued) = (0, 0, 0, pursued.Count);
        var (lastAsk, closest) = (DateTimeOffset.MinValue, TimeSpan.MaxValue);
        while (true)
        {
            while (dispatcher.Next(now) is { } order)
            {
                if (order is Order.Ask)
                {
                    asks++;
                    closest = now - lastAsk < closest ? now - lastAsk : closest;
                    lastAsk = now;
                }

                Do(order);
                Look(order.Work);
            }

            mostPursued = Math.Max(mostPursued, pursued.Count);
            if (dispatcher.IsFinished)
            {
                break;
            }

            if (dispatcher.Forecast.Remaining(now) is { } left)
            {
                forecasts.Add((now - Start, left));
            }

            var wake = dispatcher.WakeAt();
            if (coming.TryPeek(out _, out var next) && !(wake < next))
            {
                now = next;
                var fact = coming.Dequeue();
                throttled += fact is Fact.Moved { Seen.Status: TaskStatus.Throttled } ? 1 : 0;
                dispatcher.Take(fact, now);
                Look(fact.Work);
            }
            else
            {
                now = wake > now ? wake.Value : throw new InvalidOperationException("nothing will ever happen again");
            }

            if (++steps > durations.Count * 1_000)
            {
                throw new InvalidOperationException("it goes round in circles");
            }
        }

        var end = tasks.Values.Max(task => task.To);
        return new VirtualRunResult(
            end - Start, ListScheduling(), (double)asks / durations.Count, throttled, dispatcher.Standings[Standing.Done], steps, closest)
        {
            Forecasts = forecasts,
            MostPursued = mostPursued,
            StillPursued = pursued.Count,
        };
    }

    void Look(Work work)
    {
        if (work.IsPursued)
        {
            pursued.Add(work);
        }
        else
        {
            pursued.Remove(work);
        }
    }

    void Do(Order order)
    {
        var (work, state) = (order.Work, order.Work.State);
        switch (order)
        {
            case Order.Submit:
                laneFreeAt = (laneFreeAt > now ? laneFreeAt : now) + CreateTakes;
                Begin(work, laneFreeAt);
                var submitted = Fold(
                    state, new JobEvent.Intended(now, state.Fence + 1, 25), new JobEvent.Submitted(laneFreeAt, state.Fence + 1, new TaskId(work.Spec.Id), null));
                coming.Enqueue(new Fact.Moved(work, submitted), laneFreeAt);
                break;
            case Order.Ask:
                var at = now + AskTakes;
                var seen = See(work, at);
                JobEvent happened = seen.Status == TaskStatus.Succeeded
                    ? new JobEvent.Succeeded(at, state.Fence, 25)
                    : new JobEvent.Seen(at, state.Fence, seen.Status, null);
                coming.Enqueue(new Fact.Moved(work, Fold(state, happened)) { Seen = seen }, at);
                break;
            default:
                coming.Enqueue(new Fact.Moved(work, Fold(state, new JobEvent.Saved(now, state.Fence, [new JobFile("x", 1, "")]))), now + DownloadTakes);
                break;
        }
    }

    void Begin(Work work, DateTimeOffset arrived)
    {
        slots.TryDequeue(out var slot, out var free);
        var from = free > arrived ? free : arrived;
        var to = from + durations[work.Spec.Index];
        tasks[work] = (from, to);
        slots.Enqueue(slot, to);
    }

    TaskSnapshot See(Work work, DateTimeOffset at)
    {
        var (from, to) = tasks[work];
        var status = at < from ? TaskStatus.Throttled : at < to ? TaskStatus.Running : TaskStatus.Succeeded;
        return new TaskSnapshot { Id = new TaskId(work.Spec.Id), Status = status, StatusWord = status.ToString() };
    }

    // What the same order would take if every slot knew at once that it is free.
    TimeSpan ListScheduling()
    {
        var free = new PriorityQueue<int, TimeSpan>();
        for (var i = 0; i < slots.Count; i++)
        {
            free.Enqueue(i, TimeSpan.Zero);
        }

        var end = TimeSpan.Zero;
        foreach (var duration in durations)
        {
            free.TryDequeue(out var slot, out var at);
            at += duration;
            end = at > end ? at : end;
            free.Enqueue(slot, at);
        }

        return end;
    }

    static JobState Fold(JobState state, params JobEvent[] events) => events.Aggregate(state, JobLife.Apply);
}

/// <summary>How a virtual run went.</summary>
/// <param name="Makespan">Until the last task ended.</param>
/// <param name="Ideal">List scheduling of the same order without latency.</param>
/// <param name="AsksPerJob">Asks by job.</param>
/// <param name="Throttled">Answers that a task was throttled.</param>
/// <param name="Done">Jobs that are done.</param>
/// <param name="Steps">Events.</param>
/// <param name="ClosestAsks">The shortest time between two asks, of whichever tasks.</param>
sealed record VirtualRunResult(TimeSpan Makespan, TimeSpan Ideal, double AsksPerJob, int Throttled, int Done, int Steps, TimeSpan ClosestAsks)
{
    public double Ratio => Makespan / Ideal;

    /// <summary>What was told of the time left, and when.</summary>
    public IReadOnlyList<(TimeSpan At, TimeSpan Left)> Forecasts { get; init; } = [];

    /// <summary>The most jobs that something was under way for at once, or was remembered of, and those left in the end.</summary>
    public int MostPursued { get; init; }

    public int StillPursued { get; init; }
}
