using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>The jobs still to submit, and everything that makes them wait: slots, pauses, the budget, a delay before another attempt.</summary>
sealed class Submissions(StopRules rules, LearntDurations durations, ModelLanes lanes, Func<double> dice)
{
    static readonly TimeSpan BusyForLong = TimeSpan.FromMinutes(2);

    readonly ReadyJobs ready = new(durations);
    readonly PriorityQueue<Work, DateTimeOffset> later = new();
    int troubles;
    DateTimeOffset pausedUntil = DateTimeOffset.MinValue;

    /// <summary>
    /// The last one asked for more than the cap, or the disk, leaves: money and room may come back as tasks end. Null: no.
    /// </summary>
    public (StopReason Reason, string Message)? HeldBack { get; private set; }

    /// <summary>Some of them may be submitted, now or later.</summary>
    public bool HasMore => !rules.IsSubmittingStopped
        && (later.Count > 0 || ready.Any(model => !lanes[model].IsStopped));

    public IEnumerable<(string Model, TimeSpan Each, int Count)> Expected => ready.Expected();

    public void Add(Work work, DateTimeOffset? notBefore, DateTimeOffset now)
    {
        if (notBefore > now)
        {
            later.Enqueue(work, notBefore.Value);
        }
        else
        {
            ready.Add(work);
        }
    }

    /// <summary>The next one to submit, or null if none may be.</summary>
    public Work? Take(DateTimeOffset now)
    {
        while (later.TryPeek(out _, out var at) && at <= now)
        {
            ready.PutBack(later.Dequeue());
        }

        return rules.IsSubmittingStopped || HeldBack is not null || now < pausedUntil
            ? null
            : ready.Take(model => lanes[model] is { IsStopped: false, HasRoom: true } lane && now >= lane.PausedUntil);
    }

    /// <summary>The moments at which one more may be submitted.</summary>
    public IEnumerable<DateTimeOffset> WakeTimes()
    {
        if (rules.IsSubmittingStopped)
        {
            yield break;
        }

        if (later.TryPeek(out _, out var at))
        {
            yield return at;
        }

        if (ready.Count > 0)
        {
            yield return pausedUntil;
            foreach (var lane in lanes.All.Where(lane => !lane.IsStopped))
            {
                yield return lane.PausedUntil;
            }
        }
    }

    /// <summary>A create was answered.</summary>
    public void CountAnswer(JobState state, ModelLane lane)
    {
        (troubles, lane.BusyCount) = (0, 0);
        rules.CountCreate(state);
    }

    /// <summary>Something ended: what it had reserved may be free again.</summary>
    public void CountEnd() => HeldBack = null;

    /// <summary>Runway has said more for a task than the catalogue: nothing more of its model, until a newer one is given.</summary>
    public void StopDearer(JobSpec job, Attempt attempt)
    {
        if (lanes[job.Model].IsStopped && rules.Stops.Contains(StopReason.DearerThanPlanned))
        {
            return;
        }

        lanes[job.Model].Stop();
        var day = attempt.Catalogue?.ToString("O", CultureInfo.InvariantCulture);
        rules.Add(StopReason.DearerThanPlanned, string.Create(
            CultureInfo.InvariantCulture,
            $"Runway says {attempt.Dearest:0.##} credits for `{job.Id}`, and the catalogue {(day is null ? "" : $"of {day} ")}says "
                + $"{attempt.Price:0.##}: nothing more of `{job.Model}` is submitted until `--models` names a newer one"));
    }

    /// <summary>It was certainly not submitted, and comes first again.</summary>
    public void Refuse(Fact.NotSubmitted refused, DateTimeOffset now)
    {
        var lane = lanes[refused.Work.Spec.Model];
        ready.PutBack(refused.Work);
        switch (refused.Obstacle)
        {
            case Obstacle.Budget:
                HeldBack = (StopReason.Budget, refused.Message);
                break;
            case Obstacle.NoRoom:
                HeldBack = (StopReason.DiskFailed, refused.Message);
                break;
            case Obstacle.NotSent or Obstacle.Overloaded or Obstacle.NotDelivered:
                pausedUntil = now + Backoff.Of(++troubles, refused.RetryAfter, TimeSpan.FromSeconds(1), dice);
                foreach (var other in lanes.All)
                {
                    other.Revoke();
                }

                break;
            case Obstacle.Full:
                lane.PausedUntil = now + Backoff.Of(1, null, TimeSpan.FromSeconds(5), dice);
                break;
            case Obstacle.TooMany:
                TakeBusy(lane, refused, now);
                break;
            case Obstacle.DailyCap:
                lane.Stop();
                rules.Add(StopReason.DailyCap, $"`{lane.Name}` has reached its daily limit: {refused.Message}");
                break;
            case Obstacle.NoCredits:
                rules.StopSubmitting(StopReason.NoCredits, $"the account has no credits left: {refused.Message}");
                break;
            case Obstacle.KeyRefused:
                rules.Stop(StopReason.KeyRefused, refused.Message);
                break;
            default:
                break;
        }
    }

    void TakeBusy(ModelLane lane, Fact.NotSubmitted refused, DateTimeOffset now)
    {
        if (++lane.BusyCount == 1)
        {
            lane.BusySince = now;
        }

        // The next one is ordered before this one is answered: it would not wait.
        lane.Revoke();
        lane.PausedUntil = now + Backoff.Of(lane.BusyCount, refused.RetryAfter, TimeSpan.FromSeconds(2), dice);
        if (lane.BusyCount >= 3 && now - lane.BusySince >= BusyForLong)
        {
            lane.Stop();
            rules.Add(StopReason.KeptBusy, $"Runway refused `{lane.Name}` as too many for two minutes: {refused.Message}");
        }
    }
}
