using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Jobs;
using BatchRunner.Runway;

namespace BatchRunner.Journaling.Records;

/// <summary>Folds records into what they mean, one after the other. Not safe for two threads.</summary>
sealed class JournalFold
{
    readonly List<JournaledJob> jobs = [];
    readonly JobShelf shelf = new();
    readonly HashIndex keys = new();
    readonly HashIndex sharing = new();
    // Who only reads a journal asks for none of them: each is made when it is asked for.
    HashIndex? tasks;
    int indexed;
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

    public JournaledJob? Find(JobKey key)
    {
        Index();
        return Found(keys.Find(key.GetHashCode(), number => At(number).Key == key));
    }

    public JournaledJob? FindSharing(JobKey key, string id)
    {
        Index();
        return Found(sharing.Find(HashCode.Combine(key, id), number => At(number) is var job && job.Key == key && job.Spec.Id == id));
    }

    /// <summary>The job that has, or had, this task.</summary>
    public JournaledJob? OwnerOf(TaskId task)
    {
        tasks ??= IndexTasks();
        var id = task.Value;
        return Found(tasks.Find(HashOf(id), number => At(number).State.Attempts.Any(attempt => IsSame(attempt.Task, id))));
    }

    public JournaledJob At(int number) => jobs[number - 1];

    public IReadOnlyList<int> Order => order;

    /// <summary>False if the record speaks of something that was never named: then the journal is not whole.</summary>
    public bool Apply(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.Happened happened when happened.Job > 0 && happened.Job <= jobs.Count:
                var job = At(happened.Job);
                Change(job, JobLife.Apply(job.State, Sharing(happened.Event, job)), happened.Event is JobEvent.Intended ? Origin : job.Origin);
                if (happened.Event is JobEvent.TaskFound found)
                {
                    // It may be the task of an earlier attempt. Added twice, it is still found once.
                    tasks?.Add(HashOf(found.Task.Value), job.Number);
                }

                return true;
            case JournalRecord.Began began:
                Origin = began.Origin;
                return true;
            case JournalRecord.JobNamed named:
                return Name(named);
            case JournalRecord.Planned plan when plan.Order.All(number => number > 0 && number <= jobs.Count):
                Plan(plan.Order);
                return true;
            case JournalRecord.Retaken retaken when retaken.Job > 0 && retaken.Job <= jobs.Count:
                var taken = At(retaken.Job);
                Put(taken with { Takes = Math.Max(taken.Takes, retaken.Take) });
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
        foreach (var job in jobs.Where(job => job.State.Phase == JobPhase.Intent).ToList())
        {
            var at = job.State.Current?.IntendedAt ?? default;
            Change(job, JobLife.Apply(job.State, new JobEvent.Lost(at, job.State.Fence, LostWithItsRun)), job.Origin);
        }
    }

    /// <summary>Why a create is unknown whose run has ended.</summary>
    public const string LostWithItsRun = "the last run ended before the answer was saved";

    /// <summary>A picture of now.</summary>
    public JournalContents ToContents(long tornBytes = 0) => new(Header, [.. jobs], order) { TornBytes = tornBytes };

    bool Name(JournalRecord.JobNamed named)
    {
        if (named.Shares is { } owner && (owner < 1 || owner > jobs.Count))
        {
            return false;
        }

        if (named.Number <= jobs.Count && named.Number > 0)
        {
            var known = At(named.Number);
            var isSame = known.Key == named.Spec.Key;
            Put(isSame ? known with { Spec = shelf.Keep(named.Spec) } : known);
            return isSame;
        }

        if (named.Number != jobs.Count + 1)
        {
            return false;
        }

        jobs.Add(new JournaledJob(named.Number, shelf.Keep(named.Spec), JobState.New, named.Shares, IsPlanned: false, Takes: 0));
        return true;
    }

    // What somebody was shown does not change any more.
    void Put(JournaledJob job) => jobs[job.Number - 1] = job;

    void Plan(IReadOnlyList<int> next)
    {
        var isPlanned = new bool[jobs.Count + 1];
        foreach (var number in next)
        {
            isPlanned[number] = true;
        }

        foreach (var job in jobs.Where(job => job.IsPlanned != isPlanned[job.Number]).ToList())
        {
            Put(job with { IsPlanned = !job.IsPlanned });
        }

        order = next;
    }

    // Keys and numbers of jobs never change, so only new ones have to be looked at.
    void Index()
    {
        for (; indexed < jobs.Count; indexed++)
        {
            var job = jobs[indexed];
            if (job.Shares is null)
            {
                keys.Add(job.Key.GetHashCode(), job.Number);
            }
            else
            {
                sharing.Add(HashCode.Combine(job.Key, job.Spec.Id), job.Number);
            }
        }
    }

    HashIndex IndexTasks()
    {
        var index = new HashIndex();
        foreach (var job in jobs)
        {
            foreach (var task in job.State.Attempts.Select(attempt => attempt.Task).OfType<TaskId>())
            {
                index.Add(HashOf(task.Value), job.Number);
            }
        }

        return index;
    }

    JournaledJob? Found(int number) => number == HashIndex.None ? null : At(number);

    // Ids are hexadecimal: the same one may come in either case.
    static int HashOf(string task) => task.GetHashCode(StringComparison.OrdinalIgnoreCase);

    static bool IsSame(TaskId? task, string id) => id.Equals(task?.Value, StringComparison.OrdinalIgnoreCase);

    // Files are named after their job's output, a text that is there anyway.
    static JobEvent Sharing(JobEvent happened, JournaledJob job) => happened switch
    {
        JobEvent.Saved e => e with { Files = Sharing(e.Files, job.Spec) },
        JobEvent.Moved e => e with { Files = Sharing(e.Files, job.Spec) },
        _ => happened,
    };

    static IReadOnlyList<JobFile> Sharing(IReadOnlyList<JobFile> files, JobSpec spec) =>
        [.. files.Select(file => file.Sharing(spec.Output, spec.Extension))];

    // Money and slots are views of the jobs' states, kept up to date here and nowhere else.
    void Change(JournaledJob job, JobState next, RunOrigin? origin)
    {
        var before = job.State;
        if (ReferenceEquals(before, next))
        {
            return;
        }

        Spent += next.Spent - before.Spent;
        Reserved += next.Reserved - before.Reserved;
        var slots = (next.HoldsSlot ? 1 : 0) - (before.HoldsSlot ? 1 : 0);
        if (slots != 0)
        {
            alive[job.Spec.Model] = alive.GetValueOrDefault(job.Spec.Model) + slots;
        }

        if (tasks is not null && next.Task is { } task && task != before.Task)
        {
            tasks.Add(HashOf(task.Value), job.Number);
        }

        Put(job with { State = next, Origin = origin });
    }
}
