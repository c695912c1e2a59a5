using System.Collections;
using System.Text;

namespace BatchRunner.Expansion.Shelving;

/// <summary>
/// Jobs that take little room: each is packed, and made again when it is looked at. What is long of it (request, prompt, rows)
/// only when that is asked for. Safe for several threads as long as one adds.
/// </summary>
/// <param name="capacity">How many there will be, about.</param>
sealed class JobShelf(int capacity = 0) : IReadOnlyList<JobSpec>
{
    readonly List<JobKey> keys = new(capacity);
    readonly List<int> prices = new(capacity);
    readonly SharedValues priceValues = new();
    readonly JobPacking packing = new(new SharedValues());
    readonly PackedRecords outlines = new();
    readonly PackedRecords details = new();
    readonly Dictionary<int, JobSpec> unpacked = [];
    readonly Lock gate = new();
    (int Number, JobSpec Job)? lastJob;
    (int Number, IReadOnlyList<AxisRow> Rows)? lastRows;

    public int Count => keys.Count;

    /// <summary>The job with a number, from 0.</summary>
    public JobSpec this[int index]
    {
        get
        {
            lock (gate)
            {
                if (lastJob is not var (number, job) || number != index)
                {
                    job = unpacked.GetValueOrDefault(index) ?? packing.Job(outlines.At(index), keys[index]).On(this, index);
                    lastJob = (index, job);
                }

                return job;
            }
        }
    }

    /// <summary>A job's key, without making the job again.</summary>
    public JobKey KeyAt(int index)
    {
        lock (gate)
        {
            return keys[index];
        }
    }

    /// <summary>The most a job may cost, without making the job again.</summary>
    public decimal? CreditsAt(int index)
    {
        lock (gate)
        {
            return (decimal?)priceValues.At(prices[index]);
        }
    }

    /// <summary>Puts a job behind the others.</summary>
    public void Add(JobSpec job)
    {
        lock (gate)
        {
            keys.Add(job.Key);
            prices.Add(priceValues.NumberOf(job.EstimatedCredits));
            try
            {
                outlines.Add(packing.Pack(job));
                details.Add(packing.Pack(job.Details));
            }
            catch (EncoderFallbackException)
            {
                // Half a surrogate pair can't be packed: such a job is kept as it is.
                unpacked[keys.Count - 1] = job;
                Fill(outlines);
                Fill(details);
            }
        }
    }

    public IEnumerator<JobSpec> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same job in little room: as it stands on whichever shelf it is from, or put behind the others on this.</summary>
    public JobSpec Keep(JobSpec job)
    {
        if (job.IsShelved)
        {
            return job;
        }

        Add(job);
        return this[Count - 1];
    }

    // For the numbers to be the same.
    void Fill(PackedRecords records)
    {
        if (records.Count < keys.Count)
        {
            records.Add([]);
        }
    }

    internal string? PromptOf(int index) => JobPacking.Prompt(details.At(index));

    internal string RequestOf(int index) => JobPacking.Request(details.At(index));

    internal IReadOnlyList<JobInput> InputsOf(int index) => JobPacking.Inputs(details.At(index));

    internal IReadOnlyList<AxisRow> RowsOf(int index)
    {
        lock (gate)
        {
            if (lastRows is not var (number, rows) || number != index)
            {
                lastRows = (index, rows = packing.Rows(details.At(index)));
            }

            return rows;
        }
    }
}

/// <summary>A job, or the shelf it stands on.</summary>
readonly struct StoredJob : IEquatable<StoredJob>
{
    readonly object holder;
    readonly int number;

    public StoredJob(JobSpec job) => holder = job;

    public StoredJob(JobShelf shelf, int number) => (holder, this.number) = (shelf, number);

    public JobSpec Job => holder as JobSpec ?? ((JobShelf)holder)[number];

    public JobKey Key => holder is JobShelf shelf ? shelf.KeyAt(number) : ((JobSpec)holder).Key;

    public decimal? EstimatedCredits => holder is JobShelf shelf ? shelf.CreditsAt(number) : ((JobSpec)holder).EstimatedCredits;

    public bool Equals(StoredJob other) => ReferenceEquals(holder, other.holder) ? number == other.number : Job.Equals(other.Job);

    public override bool Equals(object? obj) => obj is StoredJob other && Equals(other);

    public override int GetHashCode() => Key.GetHashCode();
}
