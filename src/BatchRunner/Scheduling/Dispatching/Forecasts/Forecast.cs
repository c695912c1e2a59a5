namespace BatchRunner.Scheduling.Dispatching.Forecasts;

/// <summary>How far a run is, and when it will have ended by what is known of durations and slots.</summary>
sealed class Forecast(Submissions submissions, ModelLanes lanes, LearntDurations durations)
{
    // It is asked for with every piece of news; between two seconds little is learnt.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly Eta eta = new();
    (DateTimeOffset At, TimeSpan? Left)? estimate;

    /// <summary>Null while nothing is left to do. It does not jump: see <see cref="Eta"/>.</summary>
    public TimeSpan? Remaining(DateTimeOffset now)
    {
        if (estimate is not { } last || now - last.At >= Patience || last.Left is null)
        {
            estimate = last = (now, Estimate(now));
        }

        return eta.Tell(now, last.Left - (now - last.At));
    }

    // The models run beside one another, each on its own slots.
    TimeSpan? Estimate(DateTimeOffset now)
    {
        var waiting = submissions.Expected.ToLookup(kind => kind.Model, kind => (kind.Each, kind.Count), StringComparer.Ordinal);
        TimeSpan? longest = null;
        foreach (var model in waiting.Select(kind => kind.Key).Union(lanes.All.Where(lane => lane.Alive.Count > 0).Select(lane => lane.Name)))
        {
            var lane = lanes[model];
            var left = SlotForecast.Of(
                lane.Slots,
                lane.Alive.Where(work => work.Pursuit.BegunAt is not null).Select(work => Left(work, now)),
                waiting[model].Concat(
                    lane.Alive.Where(work => work.Pursuit.BegunAt is null).Select(work => (durations.Mean(DurationClass.Of(work.Spec)), 1))));
            longest = longest > left ? longest : left;
        }

        return longest;
    }

    /// <summary>Of the running tasks that say how far they are; null if none does.</summary>
    public double? MeanProgress()
    {
        // With every piece of news, too: no list is made for it.
        var (sum, count) = (0.0, 0);
        foreach (var lane in lanes.All)
        {
            for (var i = 0; i < lane.Alive.Count; i++)
            {
                if (lane.Alive[i].Pursuit.Progress is { } progress)
                {
                    (sum, count) = (sum + progress, count + 1);
                }
            }
        }

        return count == 0 ? null : sum / count;
    }

    TimeSpan Left(Work work, DateTimeOffset now)
    {
        var kind = DurationClass.Of(work.Spec);
        return work.Pursuit.BegunAt is { } begun ? durations.Quantile(kind, now - begun, 0.5) - (now - begun) : durations.Mean(kind);
    }
}
