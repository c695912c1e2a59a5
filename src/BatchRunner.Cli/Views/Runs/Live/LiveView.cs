using BatchRunner.Cli.Text;
using BatchRunner.Cli.World;
using BatchRunner.Expansion;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs.Live;

/// <summary>
/// A run on a terminal: painted several times a second as long as it goes on, and gone at its end, when the summary tells
/// the rest. What must not be overlooked stays above it.
/// </summary>
sealed class LiveView : IRunView, IDisposable
{
    const int KeptEvents = 8;
    const int Indent = 8;

    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    readonly Lock gate = new();
    readonly string name;
    readonly Screen screen;
    readonly TimeProvider time;
    readonly double scale;
    readonly Canvas canvas;
    readonly long start;
    readonly Queue<LiveEvent> events = [];
    readonly List<string> above = [];
    ITimer? beat;
    RunSummary? now;
    TimeSpan heard;
    bool isOver;

    /// <param name="name">The run's.</param>
    /// <param name="writer">The terminal's stream.</param>
    /// <param name="screen">The terminal.</param>
    /// <param name="time">Real time, for the person waiting.</param>
    /// <param name="scale">How many times faster the run's own time is.</param>
    public LiveView(string name, TextWriter writer, Screen screen, TimeProvider time, double scale)
    {
        (this.name, this.screen, this.time, this.scale) = (name, screen, time, scale);
        canvas = new Canvas(writer);
        start = time.GetTimestamp();
    }

    public void Started(RunSummary summary)
    {
        lock (gate)
        {
            Hear(summary);
            beat = time.CreateTimer(_ => Paint(), null, Beat, Beat);
        }

        Paint();
    }

    public void Job(JobSpec job, JobNews news, RunSummary summary)
    {
        lock (gate)
        {
            Hear(summary);
            if (NewsWords.Of(news.Kind) is not { } word)
            {
                return;
            }

            events.Enqueue(new LiveEvent(Elapsed, job.Id, news.Kind, news.Text));
            if (events.Count > KeptEvents)
            {
                events.Dequeue();
            }

            if (news.Kind is JobNewsKind.Failed or JobNewsKind.Unknown)
            {
                Keep($"{SafeText.Line(job.Id)}  {word}: {SafeText.Line(news.Text)}");
            }
        }
    }

    /// <summary>May be called from any thread.</summary>
    public void Note(string message)
    {
        lock (gate)
        {
            Keep(SafeText.Line(message));
        }

        Paint();
    }

    public void Finished(RunSummary summary)
    {
        lock (gate)
        {
            now = null;
        }

        Paint();
        Dispose();
    }

    /// <summary>Paints no more; what is shown stays.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            beat?.Dispose();
        }
    }

    TimeSpan Elapsed => time.GetElapsedTime(start);

    void Hear(RunSummary summary) => (now, heard) = (summary, Elapsed);

    void Keep(string text) => above.AddRange(Text.Paragraph.Lines($"{Figures.Time(Elapsed),6}  {text}", screen.Size().Width, Indent));

    void Paint()
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            try
            {
                var (width, height) = screen.Size();
                var lines = now is null ? [] : new LivePicture(width, height, screen.HasUnicode).Lines(Scene(now));
                canvas.Paint(lines, above, width);
                above.Clear();
            }
            catch (IOException)
            {
                // The terminal was closed: the run goes on, and whoever looks later has status and results.csv.
                isOver = true;
            }
        }
    }

    LiveScene Scene(RunSummary summary)
    {
        var left = summary.Remaining / scale - (Elapsed - heard);
        return new LiveScene(name, summary, Elapsed, left is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : left, [.. events]);
    }
}
