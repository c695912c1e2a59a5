using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>
/// When each task is asked for: where an answer is likely by what was learnt, never more than once in `poll_interval` per
/// task, and never more than so many a second in all.
/// </summary>
sealed class AskTimes(RunOptions options, LearntDurations durations, Func<double> dice)
{
    // Of those still running at this age, this share should have ended when it is asked again: less means more asks,
    // more means slots that stand empty.
    const double Likely = 0.4;

    readonly PriorityQueue<Work, DateTimeOffset> due = new();
    DateTimeOffset notBefore = DateTimeOffset.MinValue;

    public int Count => due.Count;

    /// <summary>When the next one may be asked for; null: none waits.</summary>
    public DateTimeOffset? Next => due.TryPeek(out _, out var at) ? Later(at, notBefore) : null;

    /// <summary>Takes the one that is due.</summary>
    public Work? Take(DateTimeOffset now)
    {
        if (Next is not { } next || next > now)
        {
            return null;
        }

        var work = due.Dequeue();
        notBefore = now + TimeSpan.FromSeconds(1 / options.PollsPerSecond);
        (work.Pursuit.DueAt, work.Pursuit.LastAskedAt, work.Pursuit.AnsweredAt) = (null, now, null);
        return work;
    }

    /// <summary>Asks at that time, or as soon after it as the task may be asked again.</summary>
    public void Place(Work work, DateTimeOffset at)
    {
        if ((work.Pursuit.AnsweredAt ?? work.Pursuit.LastAskedAt) is { } last)
        {
            at = Later(at, last + options.PollInterval * (1 + dice() / 4));
        }

        if (work.Pursuit.DueAt is not null)
        {
            due.Remove(work, out _, out _);
        }

        work.Pursuit.DueAt = at;
        due.Enqueue(work, at);
    }

    /// <summary>Asks where an answer is likely.</summary>
    public void PlaceLikely(Work work, DateTimeOffset now) => Place(work, LikelyTime(work, now));

    DateTimeOffset LikelyTime(Work work, DateTimeOffset now)
    {
        var kind = DurationClass.Of(work.Spec);
        if (work.Pursuit.LastAskedAt is null && work.State.LastSeen != TaskStatus.Other)
        {
            // Picked up from an earlier run: nobody knows what it has done meanwhile.
            return now;
        }

        if (work.Pursuit.BegunAt is not { } begun)
        {
            return now + durations.Mean(kind);
        }

        var age = now > begun ? now - begun : TimeSpan.Zero;
        return begun + durations.Quantile(kind, age, Likely);
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
