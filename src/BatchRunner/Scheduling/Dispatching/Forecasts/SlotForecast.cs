namespace BatchRunner.Scheduling.Dispatching.Forecasts;

/// <summary>When the last of some tasks will have ended if each free slot takes the longest that waits. Pure.</summary>
static class SlotForecast
{
    /// <param name="slots">At least 1.</param>
    /// <param name="running">What is left of each task that has a slot.</param>
    /// <param name="waiting">Tasks without one: how long each takes, and how many of them there are.</param>
    public static TimeSpan Of(int slots, IEnumerable<TimeSpan> running, IEnumerable<(TimeSpan Each, int Count)> waiting)
    {
        var free = new PriorityQueue<TimeSpan, TimeSpan>(running.Select(left => (left, left)));
        while (free.Count < slots)
        {
            free.Enqueue(TimeSpan.Zero, TimeSpan.Zero);
        }

        var rounds = TimeSpan.Zero;
        foreach (var (each, all) in waiting.OrderByDescending(kind => kind.Each))
        {
            // Whole rounds move every slot alike; only the last ones show where a slot ends before the others.
            var whole = Math.Max(0, (all / slots) - 1);
            rounds += each * whole;
            for (var i = all - (whole * slots); i > 0; i--)
            {
                var until = free.Dequeue() + each;
                free.Enqueue(until, until);
            }
        }

        return rounds + free.UnorderedItems.Max(slot => slot.Element);
    }
}
