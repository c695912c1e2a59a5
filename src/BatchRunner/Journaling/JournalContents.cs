using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;

namespace BatchRunner.Journaling;

/// <summary>All that a journal knows at one moment: what results, plans and selections are made from.</summary>
sealed class JournalContents
{
    // Pictures are made often and searched seldom.
    readonly Lazy<Dictionary<JobKey, JournaledJob>> byKey;

    /// <summary>Nothing has happened yet.</summary>
    public static JournalContents Empty { get; } = new(null, [], []);

    public JournalContents(JournalHeader? header, IReadOnlyList<JournaledJob> jobs, IReadOnlyList<int> order)
    {
        Header = header;
        Jobs = jobs;
        Order = order;
        byKey = new(() => jobs.Where(job => job.Shares is null).ToDictionary(job => job.Key));
        foreach (var job in jobs)
        {
            Spent += job.State.Spent;
            Reserved += job.State.Reserved;
        }
    }

    /// <summary>What the journal is about; null if there is none yet.</summary>
    public JournalHeader? Header { get; }

    /// <summary>Every job ever planned here, by number from 1.</summary>
    public IReadOnlyList<JournaledJob> Jobs { get; }

    /// <summary>The numbers of the last plan's jobs, in plan order.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Credits this folder has cost.</summary>
    public decimal Spent { get; }

    /// <summary>Credits held back for what is under way, unknown or untold.</summary>
    public decimal Reserved { get; }

    /// <summary>Bytes at the end that were never acknowledged: a write was cut short, or is under way right now.</summary>
    public long TornBytes { get; init; }

    /// <summary>The last plan's jobs, in plan order.</summary>
    public IEnumerable<JournaledJob> Planned => Order.Select(number => Jobs[number - 1]);

    /// <summary>The job paid for under a key, or null.</summary>
    public JournaledJob? Find(JobKey key) => byKey.Value.GetValueOrDefault(key);

    /// <summary>The job whose life a row shows: itself, or the one whose request it shares.</summary>
    public JournaledJob Owner(JournaledJob job) => job.Shares is { } owner ? Jobs[owner - 1] : job;
}

/// <summary>A job the journal knows.</summary>
/// <param name="Number">From 1, in the order in which jobs were first planned; never reused.</param>
/// <param name="Spec">As it was last planned. Its inputs are not kept.</param>
/// <param name="State">Its life so far.</param>
/// <param name="Shares">The number of the job whose request it shares, or null.</param>
/// <param name="IsPlanned">It is in the last plan; else it is an orphan.</param>
/// <param name="Takes">The highest take the user asked for by `--retake`, or 0.</param>
sealed record JournaledJob(int Number, JobSpec Spec, JobState State, int? Shares, bool IsPlanned, int Takes)
{
    readonly StoredJob spec = Spec.Stored;

    /// <summary>As it was last planned. Its inputs are not kept.</summary>
    public JobSpec Spec { get => spec.Job; init => spec = value.Stored; }

    public JobKey Key => spec.Key;

    /// <summary>What its last create came from; null: none was made, or nobody has said.</summary>
    public RunOrigin? Origin { get; init; }
}
