namespace BatchRunner.Scheduling.Dispatching;

/// <summary>Jobs whose outputs are to be brought home: at once, or after a pause.</summary>
sealed class DownloadQueue
{
    readonly Queue<Work> ready = [];
    readonly PriorityQueue<Work, DateTimeOffset> later = new();

    public int Count => ready.Count + later.Count;

    /// <summary>When the next pause ends; null: none waits.</summary>
    public DateTimeOffset? Next => later.TryPeek(out _, out var at) ? at : null;

    public void Add(Work work) => ready.Enqueue(work);

    public void Add(Work work, DateTimeOffset notBefore) => later.Enqueue(work, notBefore);

    public Work? Take(DateTimeOffset now)
    {
        while (Next <= now)
        {
            ready.Enqueue(later.Dequeue());
        }

        return ready.TryDequeue(out var work) ? work : null;
    }
}
