using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Logs;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.World;
using BatchRunner.Downloads;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Runway.Inputs;
using BatchRunner.Scheduling;
using BatchRunner.Simulator;

namespace BatchRunner.Cli;

/// <summary>The object graph of one run, by hand, and its end in the right order.</summary>
sealed class Composition : IAsyncDisposable
{
    // A simulated server needs a key as the real one does, and takes any.
    const string SimulatedKey = "simulated";

    readonly Stack<object> opened = [];

    /// <summary>Everything a run works with.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="plan">What is to be done.</param>
    /// <param name="place">Where.</param>
    /// <param name="store">The open journal.</param>
    /// <param name="account">Where to pay, or null: simulated.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="outside">The world.</param>
    public RunParts Compose(
        RunRequest request, Plan plan, RunPlace place, JournalStore store, Account? account, IRunView view, Surroundings outside)
    {
        var log = Open(RunLog.Open(place.Folder.Hidden, account?.Key.Reveal()));
        var time = account is null ? SimulatedTime(request, plan, outside) : outside.Time;
        IRunway runway = account is null
            ? Open(new LateRunway(cancel => Simulate(request, plan, place, log, view, outside, cancel)))
            : Reach(new RunwayOptions { BaseAddress = account.Address, Key = account.Key }, plan, log, outside);
        return new RunParts
        {
            Plan = plan,
            Folder = place.Folder,
            Store = store,
            Runway = runway,
            Delivery = Open(new InputDelivery(
                runway, new InputUses(plan.Jobs.Where(job => job.WillSubmit).Select(job => job.Spec)), time)),
            Downloads = Open(new HttpDownloads(
                new DownloadOptions
                {
                    Root = place.Folder.Root,
                    IsLoopbackAllowed = account is null || ApiAddress.IsLoopback(account.Address),
                },
                outside.Time)),
            View = view,
            Log = log.For("Run"),
            Time = time,
            Dice = Dice,
            Options = Options(request, plan, account is null ? (double)request.TimeScale : 1),
        };
    }

    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var last))
        {
            if (last is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                (last as IDisposable)?.Dispose();
            }
        }
    }

    static double Dice() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    // Goes on where the last simulated run of this folder stopped, which may be later than now.
    static ScaledTime SimulatedTime(RunRequest request, Plan plan, Surroundings outside)
    {
        var now = outside.Time.GetUtcNow();
        var last = plan.Journal.Jobs
            .SelectMany(job => job.State.Attempts.Select(attempt => attempt.EndedAt ?? attempt.SubmittedAt ?? attempt.IntendedAt)
                .Append(job.State.SavedAt ?? now))
            .Append(now)
            .Max();
        return new ScaledTime(outside.Time, (double)request.TimeScale, last);
    }

    // What waits for this machine, not for the simulated account, is measured in real time.
    static RunOptions Options(RunRequest request, Plan plan, double scale)
    {
        var limits = RunOptions.From(plan.Batch.Manifest.Limits);
        var cap = new[] { limits.MaxCredits, request.MaxCredits }.Where(each => each is not null).DefaultIfEmpty().Min();
        return limits with
        {
            MaxCredits = cap,
            DrainTime = limits.DrainTime * scale,
            PollsPerSecond = limits.PollsPerSecond / Math.Max(1, scale / 10),
        };
    }

    async Task<IRunway> Simulate(
        RunRequest request, Plan plan, RunPlace place, RunLog log, IRunView view, Surroundings outside, CancellationToken cancel)
    {
        var server = Open(await SimulatorServer.Start(
            new SimulatorOptions
            {
                TimeScale = (double)request.TimeScale,
                StateFile = Path.Combine(place.Folder.Hidden, "simulator.jsonl"),
                Catalogue = plan.Batch.Catalogue,
            },
            outside.Time,
            cancel));
        view.Note($"simulating Runway at {server.BaseAddress.Authority}, {request.TimeScale:0.###} times faster than real time");
        return Secret.TryRead(SimulatedKey, out var key, out _)
            ? Reach(new RunwayOptions { BaseAddress = server.BaseAddress, Key = key }, plan, log, outside)
            : throw new InvalidOperationException("the simulated key is not a key");
    }

    HttpRunway Reach(RunwayOptions options, Plan plan, RunLog log, Surroundings outside) => Open(new HttpRunway(
        options with { CreateTimeout = plan.Batch.Manifest.Limits.CreateTimeout }, outside.Time, Dice, log.For("Runway")));

    T Open<T>(T opening)
        where T : notnull
    {
        opened.Push(opening);
        return opening;
    }
}
