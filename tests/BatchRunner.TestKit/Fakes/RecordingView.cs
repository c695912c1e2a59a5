using BatchRunner.Expansion;
using BatchRunner.Scheduling;

namespace BatchRunner.TestKit.Fakes;

/// <summary>Keeps what the engine told the person watching.</summary>
sealed class RecordingView : IRunView
{
    public List<string> Notes { get; } = [];

    public List<(string Job, JobNewsKind Kind, string Text)> News { get; } = [];

    public void Started(RunSummary summary)
    {
    }

    public void Job(JobSpec job, JobNews news, RunSummary summary) => News.Add((job.Id, news.Kind, news.Text));

    public void Note(string message) => Notes.Add(message);

    public void Finished(RunSummary summary)
    {
    }
}
