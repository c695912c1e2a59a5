using BatchRunner.Cli.Text;
using BatchRunner.Expansion;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>A run as plain lines: one per event that matters, and every few seconds where everything stands.</summary>
/// <param name="voice">Says it.</param>
/// <param name="time">Real time, for the person waiting.</param>
/// <param name="scale">How many times faster the run's own time is.</param>
/// <param name="began">When it began, if that was earlier.</param>
sealed class PlainView(Voice voice, TimeProvider time, double scale, long? began = null) : IRunView
{
    const int Indent = 8;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly long start = began ?? time.GetTimestamp();
    TimeSpan last = TimeSpan.Zero;
    int width;
    string? standing;

    public void Started(RunSummary summary) => Stand(StatusLine.Of(summary, Scaled(summary.Remaining)));

    public void Job(JobSpec job, JobNews news, RunSummary summary)
    {
        if (NewsWords.Of(news.Kind) is { } word)
        {
            // Names line up as far as they have been seen; a very long one only moves its own line.
            width = Math.Max(width, Math.Min(40, DisplayWidth.Of(job.Id)));
            Line($"{DisplayWidth.Pad(SafeText.Line(job.Id), width)}  {word,-10} {SafeText.Line(news.Text)}".TrimEnd());
        }

        if (Elapsed - last >= Interval)
        {
            last = Elapsed;
            Stand(StatusLine.Of(summary, Scaled(summary.Remaining)));
        }
    }

    public void Note(string message) => Line(SafeText.Line(message));

    public void Finished(RunSummary summary) => Stand(StatusLine.Of(summary, null));

    TimeSpan Elapsed => time.GetElapsedTime(start);

    TimeSpan? Scaled(TimeSpan? remaining) => remaining / scale;

    void Line(string text) => voice.Say($"{Figures.Time(Elapsed),6}  {text}", Indent);

    // Said once: a run that finds everything done ends where it began.
    void Stand(string text)
    {
        if (text != standing)
        {
            Line(standing = text);
        }
    }
}
