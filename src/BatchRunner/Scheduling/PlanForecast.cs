using BatchRunner.Planning;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.Scheduling.Dispatching.Forecasts;

namespace BatchRunner.Scheduling;

/// <summary>How long a run of a plan will take: each model's jobs on its slots, the longest first.</summary>
/// <param name="Duration">An estimate.</param>
/// <param name="Jobs">Submitted, or picked up.</param>
/// <param name="Learnt">Those of them whose kind has ended here often enough to know how long it takes.</param>
/// <param name="Slots">By model.</param>
sealed record PlanForecast(TimeSpan Duration, int Jobs, int Learnt, IReadOnlyDictionary<string, int> Slots)
{
    // What an unknown task is guessed to take is made of it; the usual interval, whatever the manifest's is.
    static readonly TimeSpan Unit = new RunOptions().PollInterval;

    /// <summary>Null if there is nothing to wait for.</summary>
    /// <param name="plan">With its selection.</param>
    /// <param name="slotsOf">A model's slots.</param>
    public static PlanForecast? Of(Plan plan, Func<string, int> slotsOf)
    {
        var durations = LearntDurations.From(plan.Journal, Unit);
        var kinds = plan.Jobs.Where(job => job.WillSubmit || job is { IsSelected: true, Action: PlanAction.PickedUp })
            .Select(job => DurationClass.Of(job.Spec)).ToList();
        if (kinds.Count == 0)
        {
            return null;
        }

        var slots = kinds.Select(kind => kind.Model).Distinct(StringComparer.Ordinal)
            .ToDictionary(model => model, model => Math.Max(1, slotsOf(model)), StringComparer.Ordinal);
        var longest = kinds.GroupBy(kind => kind.Model, StringComparer.Ordinal)
            .Max(model => SlotForecast.Of(slots[model.Key], [], model.CountBy(kind => kind).Select(kind => (durations.Mean(kind.Key), kind.Value))));
        return new PlanForecast(longest, kinds.Count, kinds.Count(durations.IsLearnt), slots);
    }
}
