using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Runway.Inputs;
using BatchRunner.Scheduling;
using BatchRunner.Simulator;
using BatchRunner.TestKit.Fakes;
using BatchRunner.Tests.Expansion.Support;
using BatchRunner.Tests.Runway;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>
/// The way from files to a bill: a manifest is read, planned and run by the engine against the simulator, over real HTTP and
/// with a real journal. Left out is what has no part in a price: waits, syncs, and the bytes of the clips.
/// </summary>
sealed class Till : IAsyncDisposable
{
    const decimal Fortune = 1_000_000_000;

    readonly SimulatorServer server;
    readonly HttpRunway runway;

    Till(SimulatorServer server) => (this.server, runway) = (server, Client.Open(Client.Options(server.BaseAddress), TimeProvider.System));

    public static async Task<Till> Open()
    {
        var instant = new SecondsRange(0.001, 0.004);
        return new Till(await SimulatorServer.Start(
            new SimulatorOptions
            {
                Slots = 50,
                DailyCap = int.MaxValue,
                Credits = Fortune,
                PendingSeconds = new SecondsRange(0, 0.001),
                VideoSeconds = instant,
                ImageSeconds = instant,
                AudioSeconds = instant,
            },
            TimeProvider.System,
            Client.Stop));
    }

    /// <summary>What a run would do now.</summary>
    public static Plan Plan(string manifest, RunFolder folder)
    {
        var expanded = Expanded.Of(manifest);
        return expanded.Batch is { } batch
            ? Planner.Plan(batch, ((ReadAnswer.Found)Journal.Read(folder)).Contents)
            : throw new InvalidOperationException(string.Join('\n', expanded.Problems));
    }

    /// <summary>Runs a manifest to its end.</summary>
    public async Task<Bill> Run(string manifest, RunFolder folder)
    {
        var plan = Plan(manifest, folder);
        var before = server.Ledger.Count;
        var opened = await Journal.Open(
            folder, new JournalTerms(plan.Batch.Manifest.Name, server.BaseAddress.Host, "0", folder.Root + ".emergency"),
            new FakeDisk(), TimeProvider.System);
        await using var store = ((OpenAnswer.Opened)opened).Store;
        using var delivery = new InputDelivery(
            runway, new InputUses(plan.Jobs.Where(job => job.WillSubmit).Select(job => job.Spec)), TimeProvider.System);
        var outcome = await BatchRunner.Scheduling.Run.Go(
            new RunParts
            {
                Plan = plan,
                Folder = folder,
                Store = store,
                Runway = runway,
                Delivery = delivery,
                Downloads = new FakeDownloads(),
                View = new RecordingView(),
                Log = NullLogger.Instance,
                Time = TimeProvider.System,
                Dice = () => 0.5,
                Options = RunOptions.From(plan.Batch.Manifest.Limits) with
                {
                    PollInterval = TimeSpan.FromMilliseconds(1), PollsPerSecond = 100_000,
                },
            },
            RunSignals.None);
        var moved = server.Ledger.Skip(before).ToList();
        return new Bill(
            plan, outcome, moved.Count(entry => !entry.IsRefund),
            moved.Where(entry => !entry.IsRefund).Sum(entry => entry.Credits), -moved.Where(entry => entry.IsRefund).Sum(entry => entry.Credits));
    }

    public async ValueTask DisposeAsync()
    {
        runway.Dispose();
        await server.DisposeAsync();
    }
}

/// <summary>What a run came to.</summary>
/// <param name="Plan">As it was shown before.</param>
/// <param name="Outcome">By the engine.</param>
/// <param name="Tasks">Charges in the server's ledger.</param>
/// <param name="Charged">Credits of those.</param>
/// <param name="Refunded">Credits given back.</param>
sealed record Bill(Plan Plan, RunOutcome Outcome, int Tasks, decimal Charged, decimal Refunded);

/// <summary>A till for each thread that asks for one, each with a server and so a ledger of its own.</summary>
sealed class Tills : IAsyncDisposable
{
    const int Most = 4;

    readonly List<Till> tills = [];
    int next = -1;

    public static async Task<Tills> Open()
    {
        var all = new Tills();
        for (var i = 0; i < Most; i++)
        {
            all.tills.Add(await Till.Open());
        }

        return all;
    }

    public Till Next() => tills[Interlocked.Increment(ref next)];

    public async ValueTask DisposeAsync()
    {
        foreach (var till in tills)
        {
            await till.DisposeAsync();
        }
    }
}
