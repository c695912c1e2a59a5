using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>Keeps results.csv, and what else was asked for, up with the run, beside whoever watches it.</summary>
/// <param name="next">Who watches.</param>
/// <param name="store">What is true.</param>
/// <param name="files">What is written.</param>
sealed class ResultsKeeper(IRunView next, IJobStore store, IReadOnlyList<ResultsFile> files) : IRunView
{
    /// <summary>Why the last attempt to write did not succeed, or null.</summary>
    public string? Trouble { get; private set; }

    public void Started(RunSummary summary)
    {
        next.Started(summary);
        Keep(Write);
    }

    public void Job(JobSpec job, JobNews news, RunSummary summary)
    {
        next.Job(job, news, summary);
        Keep(file => file.Offer(Table));
    }

    public void Note(string message) => next.Note(message);

    public void Finished(RunSummary summary)
    {
        Keep(Write);
        next.Finished(summary);
    }

    ResultsTable Table() => ResultsTable.Of(store.Contents);

    void Write(ResultsFile file) => file.Write(Table());

    // They can be made again from the journal at any time, so a run does not stop for them.
    void Keep(Action<ResultsFile> write)
    {
        string? trouble = null;
        foreach (var file in files)
        {
            try
            {
                write(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                trouble ??= $"{file.Name} can't be written: {Disk.Describe(error)}";
            }
        }

        if (trouble is not null && Trouble is null)
        {
            next.Note(trouble);
        }

        Trouble = trouble;
    }
}
