namespace BatchRunner.Scheduling.Dispatching;

/// <summary>How far a run is, and when it will have ended by what is known of durations and slots.</summary>
sealed class Forecast(Submissions submissions, ModelLanes lanes, LearntDurations durations)
{
    /// <summary>Null while nothing is left to do.</summary>
    public TimeSpan? Remaining(DateTimeOffset now)
    {
        var work = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (model, expected) in submissions.Expected)
        {
            work[model] = work.GetValueOrDefault(model) + expected;
        }

        foreach (var lane in lanes.All)
        {
            foreach (var alive in lane.Alive)
            {
                work[lane.Name] = work.GetValueOrDefault(lane.Name) + Left(alive, now);
            }
        }

        return work.Count == 0 ? null : work.Max(entry => entry.Value / lanes[entry.Key].Slots);
    }

    /// <summary>Of the running tasks that say how far they are; null if none does.</summary>
    public double? MeanProgress()
    {
        var known = lanes.All.SelectMany(lane => lane.Alive).Select(work => work.Progress).OfType<double>().ToList();
        return known.Count == 0 ? null : known.Average();
    }

    TimeSpan Left(Work work, DateTimeOffset now)
    {
        var kind = DurationClass.Of(work.Spec);
        return work.BegunAt is { } begun ? durations.Quantile(kind, now - begun, 0.5) - (now - begun) : durations.Mean(kind);
    }
}
