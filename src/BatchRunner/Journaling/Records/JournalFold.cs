using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Runway;

namespace BatchRunner.Journaling.Records;

/// <summary>Folds records into what they mean, one after the other. Not safe for two threads.</summary>
sealed class JournalFold
{
    readonly List<Entry> jobs = [];
    readonly Dictionary<JobKey, Entry> byKey = [];
    readonly Dictionary<(JobKey Key, string Id), Entry> sharing = [];
    // Ids are hexadecimal: the same one may come in either case.
    readonly Dictionary<string, Entry> tasks = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, int> alive = new(StringComparer.Ordinal);
    IReadOnlyList<int> order = [];

    public JournalHeader? Header { get; private set; }

    /// <summary>What creates come from that are intended now; null: nobody has said.</summary>
    public RunOrigin? Origin { get; private set; }

    public decimal Spent { get; private set; }

    public decimal Reserved { get; private set; }

    public int Count => jobs.Count;

    /// <summary>Tasks of a model that count against its slots.</summary>
    public int Alive(string model) => alive.GetValueOrDefault(model);

    public Entry? Find(JobKey key) => byKey.GetValueOrDefault(key);

    /// <summary>The job that has, or had, this task.</summary>
    public Entry? OwnerOf(TaskId task) => tasks.GetValueOrDefault(task.Value);

    public Entry? FindSharing(JobKey key, string id) => sharing.GetValueOrDefault((key, id));

    public Entry At(int number) => jobs[number - 1];

    public IReadOnlyList<int> Order => order;

    /// <summary>False if the record speaks of something that was never named: then the journal is not whole.</summary>
    public bool Apply(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.Happened happened when happened.Job > 0 && happened.Job <= jobs.Count:
                var entry = jobs[happened.Job - 1];
                var before = entry.State;
                Change(entry, JobLife.Apply(before, happened.Event));
                if (happened.Event is JobEvent.Intended && !ReferenceEquals(before, entry.State))
                {
                    entry.Origin = Origin;
                }

                if (happened.Event is JobEvent.TaskFound found && !ReferenceEquals(before, entry.State))
                {
                    tasks.TryAdd(found.Task.Value, entry);
                }

                return true;
            case JournalRecord.Began began:
                Origin = began.Origin;
                return true;
            case JournalRecord.JobNamed named:
                return Name(named);
            case JournalRecord.Planned plan when plan.Order.All(number => number > 0 && number <= jobs.Count):
                order = plan.Order;
                return true;
            case JournalRecord.Retaken retaken when retaken.Job > 0 && retaken.Job <= jobs.Count:
                var taken = jobs[retaken.Job - 1];
                taken.Takes = Math.Max(taken.Takes, retaken.Take);
                return true;
            case JournalRecord.Headed headed when Header is null:
                Header = headed.Header;
                return true;
            case JournalRecord.AxisNamed or JournalRecord.TailCut:
                return true;
            default:
                return false;
        }
    }

    /// <summary>No run is at work any more: what its creates made nobody has heard.</summary>
    public void LoseIntents()
    {
        foreach (var entry in jobs.Where(entry => entry.State.Phase == JobPhase.Intent))
        {
            var at = entry.State.Current?.IntendedAt ?? default;
            Change(entry, JobLife.Apply(entry.State, new JobEvent.Lost(at, entry.State.Fence, LostWithItsRun)));
        }
    }

    /// <summary>Why a create is unknown whose run has ended.</summary>
    public const string LostWithItsRun = "the last run ended before the answer was saved";

    /// <summary>A picture of now.</summary>
    public JournalContents ToContents(long tornBytes = 0)
    {
        var planned = new bool[jobs.Count + 1];
        foreach (var number in order)
        {
            planned[number] = true;
        }

        return new JournalContents(
            Header,
            [.. jobs.Select(e => new JournaledJob(e.Number, e.Spec, e.State, e.Shares, planned[e.Number], e.Takes) { Origin = e.Origin })],
            order)
        {
            TornBytes = tornBytes,
        };
    }

    bool Name(JournalRecord.JobNamed named)
    {
        if (named.Shares is { } owner && (owner < 1 || owner > jobs.Count))
        {
            return false;
        }

        if (named.Number <= jobs.Count && named.Number > 0)
        {
            jobs[named.Number - 1].Spec = named.Spec;
            return true;
        }

        if (named.Number != jobs.Count + 1)
        {
            return false;
        }

        var entry = new Entry(named.Number, named.Spec, named.Shares);
        jobs.Add(entry);
        if (named.Shares is null)
        {
            byKey[named.Spec.Key] = entry;
        }
        else
        {
            sharing[(named.Spec.Key, named.Spec.Id)] = entry;
        }

        return true;
    }

    // Money and slots are views of the jobs' states, kept up to date here and nowhere else.
    void Change(Entry entry, JobState next)
    {
        if (ReferenceEquals(entry.State, next))
        {
            return;
        }

        Spent += next.Spent - entry.State.Spent;
        Reserved += next.Reserved - entry.State.Reserved;
        var slots = (next.HoldsSlot ? 1 : 0) - (entry.State.HoldsSlot ? 1 : 0);
        if (slots != 0)
        {
            alive[entry.Spec.Model] = alive.GetValueOrDefault(entry.Spec.Model) + slots;
        }

        if (next.Task is { } task)
        {
            tasks.TryAdd(task.Value, entry);
        }

        entry.State = next;
    }

    /// <summary>A job, as far as it has been told.</summary>
    public sealed class Entry(int number, JobSpec spec, int? shares)
    {
        public int Number { get; } = number;

        public JobSpec Spec { get; set; } = spec;

        public int? Shares { get; } = shares;

        public JobState State { get; set; } = JobState.New;

        public int Takes { get; set; }

        public RunOrigin? Origin { get; set; }
    }
}
