using BatchRunner.Expansion;
using BatchRunner.Journaling;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>Tasks that take about as long: one model on one endpoint at one length of video.</summary>
readonly record struct DurationClass(string Endpoint, string Model, decimal? Seconds)
{
    public static DurationClass Of(JobSpec spec) => new(spec.Endpoint, spec.Model, spec.Duration);
}

/// <summary>How long tasks of a class have taken so far, the last 200 of them; before any have ended, a guess.</summary>
/// <param name="unit">The shortest time between two asks: the guess is made of it.</param>
sealed class LearntDurations(TimeSpan unit)
{
    const int Kept = 200;
    const int Enough = 6;
    static readonly double[] Guess = [2, 4, 6, 9, 13, 20];

    readonly Dictionary<DurationClass, Samples> classes = [];

    /// <summary>Learns from the journal of earlier runs.</summary>
    public static LearntDurations From(JournalContents journal, TimeSpan unit)
    {
        var learnt = new LearntDurations(unit);
        foreach (var job in journal.Jobs)
        {
            if (job.State.Current?.Ran is { } ran)
            {
                learnt.Learn(DurationClass.Of(job.Spec), ran);
            }
        }

        return learnt;
    }

    public void Learn(DurationClass kind, TimeSpan took) => Of(kind).Add(Math.Max(0, took.TotalSeconds));

    /// <summary>The time that a share <paramref name="q"/> of the tasks that are still running at an age have ended by.</summary>
    public TimeSpan Quantile(DurationClass kind, TimeSpan age, double q)
    {
        var samples = Of(kind).Sorted;
        var first = samples.BinarySearch(age.TotalSeconds);
        first = first < 0 ? ~first : first + 1;
        return first < samples.Count
            ? TimeSpan.FromSeconds(samples[first + (int)(q * (samples.Count - 1 - first))])
            : age + TimeSpan.FromSeconds(Math.Max(unit.TotalSeconds, age.TotalSeconds / 4));
    }

    /// <summary>Enough of them have ended here to say.</summary>
    public bool IsLearnt(DurationClass kind) => !Of(kind).IsGuess;

    public TimeSpan Mean(DurationClass kind) => TimeSpan.FromSeconds(Of(kind).Sorted.Average());

    /// <summary>For the order of submitting: what is learnt, or until then the length of the video.</summary>
    public double Rank(DurationClass kind) =>
        Of(kind) is { IsGuess: false } samples ? samples.Sorted.Average() : (double)(kind.Seconds ?? 0);

    Samples Of(DurationClass kind)
    {
        if (!classes.TryGetValue(kind, out var samples))
        {
            classes[kind] = samples = new Samples(Guess.Select(times => times * unit.TotalSeconds));
        }

        return samples;
    }

    sealed class Samples(IEnumerable<double> guess)
    {
        readonly Queue<double> byAge = [];

        public bool IsGuess => byAge.Count < Enough;

        public List<double> Sorted { get; } = [.. guess];

        public void Add(double seconds)
        {
            byAge.Enqueue(seconds);
            if (byAge.Count == Enough)
            {
                Sorted.Clear();
                Sorted.AddRange(byAge.Order());
                return;
            }

            Insert(seconds);
            if (byAge.Count > Kept)
            {
                Sorted.RemoveAt(Sorted.BinarySearch(byAge.Dequeue()));
            }
        }

        void Insert(double seconds)
        {
            var place = Sorted.BinarySearch(seconds);
            Sorted.Insert(place < 0 ? ~place : place, seconds);
        }
    }
}
