using BatchRunner.Catalogue;
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
        var createTimeout = plan.Batch.Manifest.Limits.CreateTimeout;
        var time = account is null ? SimulatedTime(request.TimeScale, plan.Journal, outside) : outside.Time;
        IRunway runway = account is null
            ? Open(new LateRunway(cancel => Simulate(
                request.TimeScale, place, plan.Batch.Catalogue, createTimeout, log, view.Note, outside, cancel)))
            : Connect(new RunwayOptions { BaseAddress = account.Address, Key = account.Key }, createTimeout, log, outside);
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

    /// <summary>The way to Runway, and the clock, of a command that submits nothing.</summary>
    /// <param name="place">The run it is about.</param>
    /// <param name="journal">What its journal says.</param>
    /// <param name="account">Where its tasks live, or null: simulated.</param>
    /// <param name="scale">How many times faster simulated time runs.</param>
    /// <param name="note">Told that a simulator was started.</param>
    /// <param name="outside">The world.</param>
    public (IRunway Runway, TimeProvider Time) Reach(
        RunPlace place, JournalContents journal, Account? account, decimal scale, Action<string> note, Surroundings outside)
    {
        var log = Open(RunLog.Open(place.Folder.Hidden, account?.Key.Reveal()));
        var createTimeout = new Manifests.Limits().CreateTimeout;
        return account is null
            ? (Open(new LateRunway(cancel => Simulate(scale, place, null, createTimeout, log, note, outside, cancel))),
                SimulatedTime(scale, journal, outside))
            : (Connect(new RunwayOptions { BaseAddress = account.Address, Key = account.Key }, createTimeout, log, outside),
                outside.Time);
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

    // Goes on where the last simulated run of this folder stopped. Begins so far back that half an hour of it ends today: a
    // clip that was finished tomorrow is hard to believe.
    internal static ScaledTime SimulatedTime(decimal scale, JournalContents journal, Surroundings outside)
    {
        var now = outside.Time.GetUtcNow() - (TimeSpan.FromMinutes(30) * Math.Max(0, (double)scale - 1));
        var last = journal.Jobs
            .SelectMany(job => job.State.Attempts.Select(attempt => attempt.EndedAt ?? attempt.SubmittedAt ?? attempt.IntendedAt)
                .Append(job.State.SavedAt ?? now))
            .Append(now)
            .Max();
        return new ScaledTime(outside.Time, (double)scale, last);
    }

    // What waits for this machine, not for the simulated account, is measured in real time.
    static RunOptions Options(RunRequest request, Plan plan, double scale)
    {
        var limits = RunOptions.From(plan.Batch.Manifest.Limits);
        return limits with
        {
            IsCollectOnly = request.IsCollectOnly,
            MaxCredits = RunWords.Cap(request, plan.Batch.Manifest.Limits),
            MaxDuration = limits.MaxDuration - request.Used,
            DrainTime = limits.DrainTime * scale,
            PollsPerSecond = limits.PollsPerSecond / Math.Max(1, scale / 10),
        };
    }

    async Task<IRunway> Simulate(
        decimal scale,
        RunPlace place,
        ModelCatalogue? catalogue,
        TimeSpan createTimeout,
        RunLog log,
        Action<string> note,
        Surroundings outside,
        CancellationToken cancel)
    {
        var server = Open(await SimulatorServer.Start(
            new SimulatorOptions
            {
                TimeScale = (double)scale,
                StateFile = Path.Combine(place.Folder.Hidden, "simulator.jsonl"),
                Catalogue = catalogue,
            },
            outside.Time,
            cancel));
        note($"simulating Runway at {server.BaseAddress.Authority}, {scale:0.###} times faster than real time; the times it leaves are of that clock");
        return Secret.TryRead(SimulatedKey, out var key, out _)
            ? Connect(new RunwayOptions { BaseAddress = server.BaseAddress, Key = key }, createTimeout, log, outside)
            : throw new InvalidOperationException("the simulated key is not a key");
    }

    HttpRunway Connect(RunwayOptions options, TimeSpan createTimeout, RunLog log, Surroundings outside) => Open(new HttpRunway(
        options with { CreateTimeout = createTimeout }, outside.Time, Dice, log.For("Runway")));

    T Open<T>(T opening)
        where T : notnull
    {
        opened.Push(opening);
        return opening;
    }
}
