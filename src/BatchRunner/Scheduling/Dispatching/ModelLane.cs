namespace BatchRunner.Scheduling.Dispatching;

/// <summary>One model's slots: which tasks hold one, and how many there seem to be.</summary>
/// <param name="name">The model.</param>
/// <param name="ceiling">The account's slots, never more than asked for.</param>
/// <param name="ahead">Tasks that wait at Runway; null: by the slots.</param>
sealed class ModelLane(string name, int ceiling, int? ahead)
{
    readonly int ceiling = ceiling;
    readonly List<Work> alive = [];
    int strikes;
    int clean;

    public string Name => name;

    public int Slots { get; private set; } = ceiling;

    public int Ahead => ahead ?? Math.Max(2, (Slots + 3) / 4);

    /// <summary>Tasks alive, and creates on the way, in the order they were submitted.</summary>
    public IReadOnlyList<Work> Alive => alive;

    /// <summary>Tasks that live on at Runway without being watched by this run.</summary>
    public int UnwatchedCount { get; set; }

    /// <summary>Tasks of the model that may be alive in the journal's eyes.</summary>
    public int MaxAlive => Slots + Ahead + UnwatchedCount;

    public bool HasRoom => alive.Count < Slots + Ahead;

    /// <summary>Nothing more of this model is submitted in this run.</summary>
    public bool IsStopped { get; private set; }

    public DateTimeOffset PausedUntil { get; set; }

    /// <summary>429s in a row, and when the first of them came.</summary>
    public int BusyCount { get; set; }

    public DateTimeOffset BusySince { get; set; }

    /// <summary>Stops it for this run.</summary>
    public void Stop()
    {
        IsStopped = true;
        Revoke();
    }

    /// <summary>Creates that were ordered and have not begun do not begin.</summary>
    public void Revoke() => alive.ForEach(work => work.IsRevoked = true);

    public void Enter(Work work)
    {
        work.IsRevoked = false;
        if (!alive.Contains(work))
        {
            alive.Add(work);
        }
    }

    /// <summary>A task has been made: it runs at once if a slot is free, as far as is known.</summary>
    public void Begin(Work work, DateTimeOffset now)
    {
        if (alive.Count(other => other != work && other.Pursuit.BegunAt is not null) < Slots)
        {
            work.Pursuit.BegunAt = now;
        }
    }

    /// <summary>A task no longer holds a slot: the one that waited longest has it now. Returns that one.</summary>
    public Work? Leave(Work work, DateTimeOffset endedAt)
    {
        if (!alive.Remove(work))
        {
            return null;
        }

        if (work.Pursuit.BegunAt is null || alive.Count(other => other.Pursuit.BegunAt is not null) >= Slots
            || alive.Find(other => other.Pursuit.BegunAt is null && other.State.Task is not null) is not { } next)
        {
            return null;
        }

        (next.Pursuit.BegunAt, next.Pursuit.IsThrottled) = (endedAt, false);
        return next;
    }

    /// <summary>This run no longer waits for it; if its slot is really taken, Runway will throttle another.</summary>
    public void Abandon(Work work)
    {
        if (alive.Remove(work))
        {
            UnwatchedCount++;
        }
    }

    /// <summary>
    /// A task was seen THROTTLED. Up to `ahead` that is how it should be; more, seen twice, and there is a slot less than
    /// we thought.
    /// </summary>
    public bool LowersBy(Work work)
    {
        (work.Pursuit.IsThrottled, work.Pursuit.BegunAt) = (true, null);
        clean = 0;
        if (alive.Count(other => other.Pursuit.IsThrottled) <= Ahead || ++strikes < 2 || Slots == 1)
        {
            return false;
        }

        strikes = 0;
        Slots--;
        return true;
    }

    /// <summary>A task ended that was not in excess: as many of them as there are slots, and one slot comes back.</summary>
    public void CountClean()
    {
        if (Slots < ceiling && ++clean >= Slots)
        {
            (clean, strikes) = (0, 0);
            Slots++;
        }
    }
}

/// <summary>The lanes of every model met so far.</summary>
/// <param name="options">The run's bounds.</param>
/// <param name="slotsOf">A model's slots, asked once.</param>
sealed class ModelLanes(RunOptions options, Func<string, int> slotsOf)
{
    readonly Dictionary<string, ModelLane> lanes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ModelLane> All => lanes.Values;

    public ModelLane this[string model]
    {
        get
        {
            if (!lanes.TryGetValue(model, out var lane))
            {
                lanes[model] = lane = new ModelLane(model, Math.Max(1, slotsOf(model)), options.Ahead);
            }

            return lane;
        }
    }
}
