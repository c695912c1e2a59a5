namespace BatchRunner.Simulator.Accounts;

/// <summary>One model's slots: tasks beyond them wait their turn, in the order they came.</summary>
sealed class Lane(int slots, Action<SimulatedTask, DateTimeOffset> ended)
{
    readonly List<SimulatedTask> running = [];
    readonly LinkedList<SimulatedTask> waiting = new();

    public int RunningCount => running.Count;

    public int WaitingCount => waiting.Count;

    /// <summary>Lets time pass: what has ended gives its slot to the next at that very time.</summary>
    public void Advance(DateTimeOffset now)
    {
        while (running.MinBy(task => task.EndsAt) is { } first && first.EndsAt <= now)
        {
            running.Remove(first);
            Admit(first.EndsAt);
            ended(first, first.EndsAt);
        }
    }

    public void Enter(SimulatedTask task, DateTimeOffset now)
    {
        Advance(now);
        waiting.AddLast(task);
        Admit(now);
    }

    /// <summary>Takes out a task that was cancelled.</summary>
    public void Leave(SimulatedTask task, DateTimeOffset now)
    {
        Advance(now);
        if (!running.Remove(task))
        {
            waiting.Remove(task);
        }

        Admit(now);
    }

    /// <summary>More slots admit at once; fewer let the running ones finish.</summary>
    public void Resize(int newSlots, DateTimeOffset now)
    {
        Advance(now);
        slots = newSlots;
        Admit(now);
    }

    void Admit(DateTimeOffset at)
    {
        var next = waiting.First;
        while (next is not null && running.Count < slots)
        {
            var following = next.Next;
            if (next.Value.Record.Fault != "stuck-throttled")
            {
                next.Value.Admit(at);
                running.Add(next.Value);
                waiting.Remove(next);
            }

            next = following;
        }
    }
}
