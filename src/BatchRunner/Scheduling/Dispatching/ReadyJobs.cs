namespace BatchRunner.Scheduling.Dispatching;

/// <summary>
/// Jobs that may be submitted: plan order, but within a window of 1,000 the longest expected first, so that a long one
/// does not begin last.
/// </summary>
sealed class ReadyJobs(LearntDurations durations)
{
    const int Window = 1_000;

    readonly Queue<Work> beyond = [];
    readonly Dictionary<DurationClass, LinkedList<Work>> window = [];
    readonly Dictionary<DurationClass, int> counts = [];
    int inWindow;

    public int Count => beyond.Count + inWindow;

    public void Add(Work work)
    {
        beyond.Enqueue(work);
        Tally(work, 1);
        Fill();
    }

    /// <summary>It was taken out and could not be submitted: it is the first of its kind again.</summary>
    public void PutBack(Work work)
    {
        Of(work).AddFirst(work);
        Tally(work, 1);
        inWindow++;
    }

    /// <summary>Takes the job to submit next among those whose model may.</summary>
    public Work? Take(Func<string, bool> mayModel)
    {
        LinkedList<Work>? best = null;
        var bestRank = double.NegativeInfinity;
        foreach (var (kind, jobs) in window)
        {
            if (jobs.Count == 0 || !mayModel(kind.Model))
            {
                continue;
            }

            var rank = durations.Rank(kind);
            if (rank > bestRank || (rank == bestRank && First(jobs).Spec.Index < (best is null ? int.MaxValue : First(best).Spec.Index)))
            {
                (best, bestRank) = (jobs, rank);
            }
        }

        if (best is null)
        {
            return null;
        }

        var work = First(best);
        best.RemoveFirst();
        Tally(work, -1);
        inWindow--;
        Fill();
        return work;
    }

    /// <summary>Whether any job's model fulfils a condition.</summary>
    public bool Any(Func<string, bool> mayModel) => counts.Any(kind => kind.Value > 0 && mayModel(kind.Key.Model));

    /// <summary>How long all of it will run, by what is known.</summary>
    public IEnumerable<(string Model, TimeSpan Each, int Count)> Expected() =>
        counts.Where(kind => kind.Value > 0).Select(kind => (kind.Key.Model, durations.Mean(kind.Key), kind.Value));

    void Tally(Work work, int change)
    {
        var kind = DurationClass.Of(work.Spec);
        counts[kind] = counts.GetValueOrDefault(kind) + change;
    }

    static Work First(LinkedList<Work> jobs) =>
        jobs.First?.Value ?? throw new InvalidOperationException("only asked of kinds that have jobs");

    void Fill()
    {
        while (inWindow < Window && beyond.TryDequeue(out var work))
        {
            Of(work).AddLast(work);
            inWindow++;
        }
    }

    LinkedList<Work> Of(Work work)
    {
        var kind = DurationClass.Of(work.Spec);
        if (!window.TryGetValue(kind, out var jobs))
        {
            window[kind] = jobs = [];
        }

        return jobs;
    }
}
