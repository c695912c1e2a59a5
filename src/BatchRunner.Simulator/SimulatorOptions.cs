using BatchRunner.Catalogue;
using BatchRunner.Simulator.Faults;

namespace BatchRunner.Simulator;

/// <summary>How the simulated account, its clock and its faults are set up.</summary>
sealed record SimulatorOptions
{
    /// <summary>The port on loopback; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>The same seed and the same requests give the same ids, times, endings and faults.</summary>
    public long Seed { get; init; }

    /// <summary>How many times faster than the clock everything happens, 50 in `run --simulate`.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>The account's tier, 1 to 5: slots, daily caps and spend per month. Tier 3 has five video slots.</summary>
    public int Tier { get; init; } = 3;

    /// <summary>Slots of every model, instead of the tier's.</summary>
    public int? Slots { get; init; }

    /// <summary>Slots of single models, instead of <see cref="Slots"/> and the tier's.</summary>
    public IReadOnlyDictionary<string, int> SlotsByModel { get; init; } = new Dictionary<string, int>();

    /// <summary>Generations of one model in 24 hours, instead of the tier's; <see cref="int.MaxValue"/> is no cap.</summary>
    public int? DailyCap { get; init; }

    /// <summary>The balance before the first charge.</summary>
    public decimal Credits { get; init; } = 100_000;

    /// <summary>The key that is taken, or null for any that is not empty.</summary>
    public string? Key { get; init; }

    /// <summary>Where tasks and the ledger survive the process (`simulator.jsonl`), or null for memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>Seconds a video takes to generate, before scaling.</summary>
    public SecondsRange VideoSeconds { get; init; } = new(30, 120);

    /// <summary>Seconds an image takes to generate, before scaling.</summary>
    public SecondsRange ImageSeconds { get; init; } = new(10, 30);

    /// <summary>Seconds a sound takes to generate, before scaling.</summary>
    public SecondsRange AudioSeconds { get; init; } = new(3, 10);

    /// <summary>Seconds between the slot and the first frame: how long a task is PENDING, before scaling.</summary>
    public SecondsRange PendingSeconds { get; init; } = new(1, 4);

    /// <summary>
    /// Films each form of video once and tells its copies apart by a note at their end: for measuring, where filming would be
    /// most of the work.
    /// </summary>
    public bool SamePicture { get; init; }

    /// <summary>What goes wrong; <see cref="FaultPlan.Parse"/> reads it from text.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Which models there are and what they take and cost; null: the one this version came with.</summary>
    public ModelCatalogue? Catalogue { get; init; }
}

/// <summary>A range of durations; each task gets its own by the seed.</summary>
readonly record struct SecondsRange(double From, double To)
{
    /// <summary>The duration at a point between 0 and 1.</summary>
    public TimeSpan At(double unit) => TimeSpan.FromSeconds(From + ((To - From) * unit));
}
