using System.Text;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.TestKit.Fakes;

/// <summary>
/// Runway in memory: tasks wait for one of its slots in order, run as long as the script says and end as it says. Its
/// ledger is what was really charged. A body is the job's key, as <see cref="FakeDelivery"/> makes it.
/// </summary>
sealed class FakeRunway : IRunway
{
    readonly Lock gate = new();
    readonly TimeProvider clock;
    readonly Dictionary<TaskId, FakeTask> tasks = [];
    readonly List<FakeTask> ledger = [];
    readonly DateTimeOffset[] slotFreeAt;
    readonly DateTimeOffset begin;
    readonly long stamp;
    int creates;

    public FakeRunway(TimeProvider clock, int slots = 3)
    {
        (this.clock, slotFreeAt) = (clock, new DateTimeOffset[slots]);
        (begin, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
    }

    // Runway's own clock: nobody here can set it.
    DateTimeOffset Now => begin + clock.GetElapsedTime(stamp);

    /// <summary>What becomes of a create, by its number from 1 and the job's key. The default accepts.</summary>
    public Func<int, string, FakeScript> Script { get; set; } = (_, _) => new FakeScript();

    /// <summary>The answer to any ask for a task instead of the truth, or null; told the task and how often it was asked.</summary>
    public Func<FakeTask, TaskAnswer?> Ask { get; set; } = _ => null;

    /// <summary>The answer to a delete that does nothing, by its number from 1; null: it does what it should.</summary>
    public Func<int, DeleteAnswer?> Deleting { get; set; } = _ => null;

    public Func<OrganizationAnswer?> Account { get; set; } = () => null;

    /// <summary>Runs before a create is answered.</summary>
    public Func<int, CancellationToken, Task> BeforeAnswer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Creates that arrived.</summary>
    public int CreateCount => creates;

    public int DeleteCount { get; private set; }

    /// <summary>Every task made, in order.</summary>
    public IReadOnlyList<FakeTask> Ledger
    {
        get
        {
            lock (gate)
            {
                return [.. ledger];
            }
        }
    }

    /// <summary>Net credits charged.</summary>
    public decimal Charged => Ledger.Sum(task => task.Charge);

    public async Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var key = Encoding.UTF8.GetString(body.Span);
        var number = Interlocked.Increment(ref creates);
        var script = Script(number, key);
        if (script.Refusal is { } refusal)
        {
            await BeforeAnswer(number, cancel);
            return refusal;
        }

        FakeTask? task = null;
        if (!script.IsNeverMade)
        {
            lock (gate)
            {
                task = Make(key, script);
            }
        }

        await BeforeAnswer(number, cancel);
        return script.IsLost || task is null
            ? new CreateAnswer.Lost("connection reset after the request was sent")
            : script.Answer ?? new CreateAnswer.Accepted(task.Id, script.Estimate, null);
    }

    public Task<TaskAnswer> Get(TaskId id, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!tasks.TryGetValue(id, out var task) || task.IsDeleted)
            {
                return Task.FromResult<TaskAnswer>(new TaskAnswer.Gone());
            }

            task.Asks.Add(Now);
            return Task.FromResult(Ask(task) ?? new TaskAnswer.Found(task.At(Now)));
        }
    }

    public Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel)
    {
        lock (gate)
        {
            if (Deleting(++DeleteCount) is { } instead)
            {
                return Task.FromResult(instead);
            }

            if (tasks.TryGetValue(id, out var task))
            {
                task.Delete(Now);
            }

            return Task.FromResult<DeleteAnswer>(new DeleteAnswer.Confirmed());
        }
    }

    public Task<OrganizationAnswer> GetOrganization(CancellationToken cancel) => Task.FromResult(
        Account() ?? new OrganizationAnswer.Found(new Organization(
            10_000 - Charged,
            new Dictionary<string, ModelAllowance> { ["gen4_turbo"] = new(slotFreeAt.Length, 500, Ledger.Count) })));

    public Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel) =>
        Task.FromResult<UploadAnswer>(new UploadAnswer.Uploaded("runway://upload"));

    FakeTask Make(string key, FakeScript script)
    {
        var now = Now;
        var slot = Array.IndexOf(slotFreeAt, slotFreeAt.Min());
        var start = (slotFreeAt[slot] > now ? slotFreeAt[slot] : now) + script.Pending;
        var task = new FakeTask(new TaskId($"task-{ledger.Count + 1}"), key, script, now, start);
        slotFreeAt[slot] = task.EndsAt;
        ledger.Add(task);
        tasks[task.Id] = task;
        return task;
    }
}

/// <summary>What a task is to do.</summary>
sealed record FakeScript
{
    public TimeSpan Pending { get; init; }

    public TimeSpan Runs { get; init; } = TimeSpan.FromSeconds(60);

    public decimal Cost { get; init; } = 25;

    public decimal? Estimate { get; init; }

    /// <summary>It ends as FAILED with this code.</summary>
    public string? FailureCode { get; init; }

    public bool IsFailed { get; init; }

    /// <summary>The answer to the create is lost, though the task was made.</summary>
    public bool IsLost { get; init; }

    /// <summary>The create never arrived, and yet nobody can tell.</summary>
    public bool IsNeverMade { get; init; }

    public CreateAnswer.Refused? Refusal { get; init; }

    /// <summary>What is answered instead, though the task was made.</summary>
    public CreateAnswer? Answer { get; init; }

    public int Outputs { get; init; } = 1;
}

/// <summary>A task of the fake.</summary>
sealed class FakeTask(TaskId id, string key, FakeScript script, DateTimeOffset made, DateTimeOffset start)
{
    public TaskId Id => id;

    public string Key => key;

    public FakeScript Script => script;

    public bool IsDeleted { get; private set; }

    public DateTimeOffset StartsAt => start;

    public DateTimeOffset EndsAt => start + script.Runs;

    /// <summary>When it was asked for.</summary>
    public List<DateTimeOffset> Asks { get; } = [];

    /// <summary>What it cost in the end: nothing if it was deleted before it began.</summary>
    public decimal Charge { get; private set; } = script.IsFailed && script.FailureCode?.StartsWith("SAFETY.INPUT", StringComparison.Ordinal) != true
        ? 0
        : script.Cost;

    public void Delete(DateTimeOffset now)
    {
        IsDeleted = true;
        if (now < start)
        {
            Charge = 0;
        }
    }

    public TaskSnapshot At(DateTimeOffset now)
    {
        var status = now < start - script.Pending ? TaskStatus.Throttled
            : now < start ? TaskStatus.Pending
            : now < EndsAt ? TaskStatus.Running
            : script.IsFailed ? TaskStatus.Failed
            : TaskStatus.Succeeded;
        return new TaskSnapshot
        {
            Id = id,
            Status = status,
            StatusWord = status.ToString(),
            CreatedAt = made,
            Progress = status == TaskStatus.Running ? (now - start) / script.Runs : null,
            CostCredits = status is TaskStatus.Succeeded or TaskStatus.Failed ? Charge : null,
            Failure = status == TaskStatus.Failed ? "it did not work" : null,
            FailureCode = status == TaskStatus.Failed ? script.FailureCode : null,
            Outputs = status == TaskStatus.Succeeded
                ? [.. Enumerable.Range(0, script.Outputs).Select(i => new Uri($"https://files.example/{id}/{i}?_jwt=secret"))]
                : [],
        };
    }
}
