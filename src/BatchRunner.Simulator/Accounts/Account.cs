using System.Text.Json.Nodes;
using BatchRunner.Simulator.State;
using BatchRunner.Simulator.Uploads;

namespace BatchRunner.Simulator.Accounts;

/// <summary>The account: its tasks, slots, uploads and every credit. All it knows can be read back from the state file.</summary>
sealed class Account : IDisposable
{
    readonly Lock gate = new();
    readonly SimulatorOptions options;
    readonly IReadOnlyDictionary<string, string> kinds; // of output, by model
    readonly StateFile state;
    readonly ScaledClock clock;
    readonly Dice dice;
    readonly Dictionary<string, SimulatedTask> tasks = [];
    readonly Dictionary<string, Lane> lanes = [];
    readonly Dictionary<string, int> chargesByHash = [];
    readonly Dictionary<string, Queue<DateTimeOffset>> daily = [];
    readonly HashSet<string> refundsOnFile = [];
    readonly List<LedgerEntry> ledger = [];
    int taskCount;
    SlotRules slots;
    DateTimeOffset? revokedFrom;
    int? dailyCap;
    decimal startCredits;
    bool replaying;

    public Account(SimulatorOptions options, IReadOnlyDictionary<string, string> kinds, TimeProvider time)
    {
        this.options = options;
        this.kinds = kinds;
        dice = new Dice(options.Seed);
        slots = SlotRules.Of(options);
        dailyCap = options.DailyCap;
        startCredits = options.Credits;
        state = StateFile.Open(options.StateFile);
        Uploads = new UploadBook(dice, state);
        try
        {
            clock = Replay(time);
        }
        catch
        {
            state.Dispose();
            throw;
        }

        var real = time.GetUtcNow();
        SetSlots(SlotRules.Of(options), clock.At(real));
        state.Append(StateLines.Clock(real, clock.At(real), options.TimeScale, slots));
    }

    public ScaledClock Clock => clock;

    public Dice Dice => dice;

    public UploadBook Uploads { get; }

    /// <summary>Whether the key was revoked.</summary>
    public bool IsKeyRefused
    {
        get
        {
            lock (gate)
            {
                return revokedFrom <= clock.Now;
            }
        }
    }

    /// <summary>Keys are refused after a while, or never again.</summary>
    public void Revoke(TimeSpan? after)
    {
        lock (gate)
        {
            revokedFrom = clock.Now + after;
        }
    }

    /// <summary>Charges a request and makes its task, or says why not.</summary>
    public (TaskRecord? Task, Refusal Refusal) Create(TaskRequest request)
    {
        lock (gate)
        {
            var now = Settle();
            if (DailyLeft(request.Model, now) <= 0)
            {
                return (null, Refusal.DailyCap);
            }

            if (Balance < request.Estimate)
            {
                return (null, Refusal.NoCredits);
            }

            var record = Record(request, now);
            state.Append(StateLines.Charge(record));
            Accept(record);
            return (record, Refusal.None);
        }
    }

    /// <summary>The task and the time it was looked at, or null if there is none (any more).</summary>
    public (SimulatedTask Task, DateTimeOffset Now)? Find(string id)
    {
        lock (gate)
        {
            var now = Settle();
            return tasks.TryGetValue(id, out var task) ? (task, now) : null;
        }
    }

    /// <summary>Cancels or deletes; false if there is no such task.</summary>
    public bool Delete(string id)
    {
        lock (gate)
        {
            var now = Settle();
            if (!tasks.ContainsKey(id))
            {
                return false;
            }

            state.Append(StateLines.Delete(id, now));
            Remove(id, now);
            return true;
        }
    }

    /// <summary>Moves to another tier, at once.</summary>
    public void MoveTo(int newTier)
    {
        lock (gate)
        {
            var now = Settle();
            SetSlots(slots with { Tier = newTier }, now);
            state.Append(StateLines.Tier(newTier, now));
        }
    }

    /// <summary>Sets the balance, as a purchase or an expiry would.</summary>
    public void SetBalance(decimal credits)
    {
        lock (gate)
        {
            Settle();
            startCredits += credits - Balance;
        }
    }

    public void SetDailyCap(int? cap)
    {
        lock (gate)
        {
            dailyCap = cap;
        }
    }

    /// <summary>Everything at one moment.</summary>
    public AccountView View()
    {
        lock (gate)
        {
            var now = Settle();
            return new AccountView(
                now,
                Balance,
                Tier.Of(slots.Tier),
                [.. tasks.Values],
                [.. ledger],
                [.. kinds.Keys.Select(model => View(model, now))]);
        }
    }

    public void Dispose() => state.Dispose();

    decimal Balance => startCredits - Charged;

    decimal Charged { get; set; }

    ModelView View(string model, DateTimeOffset now) => new(model, SlotsOf(model), Cap(model), Today(model, now));

    TaskRecord Record(TaskRequest request, DateTimeOffset now)
    {
        var nth = chargesByHash.GetValueOrDefault(request.RequestHash);
        var identity = $"{request.RequestHash}#{nth}";
        var fault = request.Fault(identity);
        var range = request.Output.Kind switch
        {
            "image" => options.ImageSeconds,
            "audio" => options.AudioSeconds,
            _ => options.VideoSeconds,
        };
        return new TaskRecord
        {
            Id = dice.Uuid($"task {identity}"),
            Number = taskCount + 1,
            Endpoint = request.Endpoint,
            Model = request.Model,
            RequestHash = request.RequestHash,
            AcceptedAt = now,
            CreatedAt = clock.Real.GetUtcNow(),
            Estimate = request.Estimate,
            Pending = options.PendingSeconds.At(dice.Unit($"pending {identity}")),
            Generation = range.At(dice.Unit($"generation {identity}")) * (fault == "slow" ? 10 : 1),
            Ending = TaskEndings.Of(fault, request),
            Output = request.Output,
            Fault = fault,
        };
    }

    void Accept(TaskRecord record)
    {
        taskCount = record.Number;
        chargesByHash[record.RequestHash] = chargesByHash.GetValueOrDefault(record.RequestHash) + 1;
        Enter(new LedgerEntry(record.AcceptedAt, record.Id, record.Model, record.Estimate, record.RequestHash));
        if (!daily.TryGetValue(record.Model, out var times))
        {
            daily[record.Model] = times = new Queue<DateTimeOffset>();
        }

        times.Enqueue(record.AcceptedAt);
        var task = new SimulatedTask(record);
        tasks[record.Id] = task;
        LaneOf(record.Model).Enter(task, record.AcceptedAt);
    }

    // Left to itself, nobody promises a refund for a task that already ran; before that nothing was spent on it.
    void Remove(string id, DateTimeOffset now)
    {
        var task = tasks[id];
        LaneOf(task.Record.Model).Leave(task, now);
        tasks.Remove(id);
        if (task.PhaseAt(now) is TaskPhase.Throttled or TaskPhase.Pending)
        {
            Refund(task.Record, task.Record.Estimate, now);
        }
    }

    void Ended(SimulatedTask task, DateTimeOffset at) =>
        Refund(task.Record, task.Record.Estimate - task.Record.Ending.Cost, at);

    void Refund(TaskRecord task, decimal credits, DateTimeOffset at)
    {
        if (credits == 0)
        {
            return;
        }

        var entry = new LedgerEntry(at, task.Id, task.Model, -credits, task.RequestHash);
        Enter(entry);
        if (refundsOnFile.Add(task.Id) && !replaying)
        {
            state.Append(StateLines.Refund(entry));
        }
    }

    void Enter(LedgerEntry entry)
    {
        ledger.Add(entry);
        Charged += entry.Credits;
    }

    DateTimeOffset Settle()
    {
        var now = clock.Now;
        foreach (var lane in lanes.Values)
        {
            lane.Advance(now);
        }

        return now;
    }

    Lane LaneOf(string model) =>
        lanes.TryGetValue(model, out var lane) ? lane : lanes[model] = new Lane(SlotsOf(model), Ended);

    int SlotsOf(string model) => slots.Of(model, KindOf(model));

    int? Cap(string model) => (dailyCap ?? Tier.Of(slots.Tier).Daily(KindOf(model))) is var cap and not int.MaxValue ? cap : null;

    string KindOf(string model) => kinds.GetValueOrDefault(model, "video");

    int DailyLeft(string model, DateTimeOffset now) => (Cap(model) ?? int.MaxValue) - Today(model, now);

    int Today(string model, DateTimeOffset now)
    {
        if (!daily.TryGetValue(model, out var times))
        {
            return 0;
        }

        while (times.TryPeek(out var first) && first <= now - TimeSpan.FromHours(24))
        {
            times.Dequeue();
        }

        return times.Count;
    }

    void SetSlots(SlotRules newSlots, DateTimeOffset now)
    {
        slots = newSlots;
        foreach (var (model, lane) in lanes)
        {
            lane.Resize(SlotsOf(model), now);
        }
    }

    ScaledClock Replay(TimeProvider time)
    {
        replaying = true;
        refundsOnFile.UnionWith(state.Past
            .Where(line => StateLines.Text(line, "type") == "refund")
            .Select(line => StateLines.Text(line, "task")));
        for (var i = 0; i < state.Past.Count; i++)
        {
            try
            {
                Apply(state.Past[i]);
            }
            catch (Exception error) when (error is FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException)
            {
                throw new InvalidDataException($"{options.StateFile}:{i + 1}: not a line the simulator wrote", error);
            }
        }

        replaying = false;
        if (state.Past.LastOrDefault(line => StateLines.Text(line, "type") == "clock") is not { } last)
        {
            return ScaledClock.Starting(time, options.TimeScale);
        }

        // The dead time passed at the old speed; from now on the new one holds.
        var (real, simulated) = (StateLines.Time(last, "real"), StateLines.Time(last, "at"));
        var past = new ScaledClock(time, StateLines.Number<double>(last, "scale"), real, simulated);
        var now = time.GetUtcNow();
        return new ScaledClock(time, options.TimeScale, now, past.At(now));
    }

    void Apply(JsonObject line)
    {
        switch (StateLines.Text(line, "type"))
        {
            case "charge":
                Accept(StateLines.Charge(line));
                break;
            case "delete":
                Remove(StateLines.Text(line, "task"), StateLines.Time(line, "at"));
                break;
            case "tier":
                SetSlots(slots with { Tier = StateLines.Number<int>(line, "tier") }, StateLines.Time(line, "at"));
                break;
            case "upload":
                Uploads.Recall(StateLines.Upload(line));
                break;
            case "clock":
                SetSlots(StateLines.Slots(line), StateLines.Time(line, "at"));
                break;
            default:
                break;
        }
    }
}
