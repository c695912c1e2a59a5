using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRunner.TestKit.Fakes;

/// <summary>Runs batches in a folder that is gone afterwards, against fakes, on a clock that is moved when nothing happens.</summary>
sealed class RunBench : IDisposable
{
    readonly TempFolder temp = new();

    public RunBench(int slots = 3) => Runway = new FakeRunway(Clock, slots);

    public ManualClock Clock { get; } = new();

    public FakeRunway Runway { get; }

    public FakeDelivery Delivery { get; } = new();

    public FakeDownloads Downloads { get; } = new();

    public RecordingView View { get; private set; } = new();

    public FakeDisk Disk { get; set; } = new();

    public RunOptions Options { get; set; } = new();

    public Func<Plan, Plan> Change { get; set; } = plan => plan;

    /// <summary>Lays something around the journal's store.</summary>
    public Func<IJobStore, IJobStore> Wrap { get; set; } = store => store;

    public RunFolder Folder => new(temp["out"]);

    public string EmergencyFolder => temp["emergency"];

    public JournalTerms Terms => new("made", "api.example", "0.1.0", EmergencyFolder);

    /// <summary>The journal as it is on the disk.</summary>
    public JournalContents Journal => Journaling.Journal.Read(Folder) is ReadAnswer.Found found
        ? found.Contents
        : throw new InvalidOperationException("the journal can't be read");

    public void Dispose() => temp.Dispose();

    /// <summary>One run to its end; opens and closes the folder.</summary>
    public async Task<RunOutcome> Run(IReadOnlyList<JobSpec> jobs, RunSignals? signals = null)
    {
        var opened = await Journaling.Journal.Open(Folder, Terms, Disk, Clock);
        if (opened is not OpenAnswer.Opened { Store: var store })
        {
            throw new InvalidOperationException(((OpenAnswer.Refused)opened).Problem.Message);
        }

        await using (store)
        {
            View = new RecordingView();
            var watched = new WatchedStore(Wrap(store));
            var parts = new RunParts
            {
                Plan = Change(Planner.Plan(MadeJobs.Batch(jobs), store.Contents)),
                Folder = Folder,
                Store = watched,
                Runway = Runway,
                Delivery = Delivery,
                Downloads = Downloads,
                View = View,
                Log = NullLogger.Instance,
                Time = Clock,
                Dice = () => 0.5,
                Options = Options,
            };
            return await Clock.RunUntilEnd(Scheduling.Run.Go(parts, signals ?? RunSignals.None), () => watched.IsBusy || Downloads.IsBusy);
        }
    }
}
