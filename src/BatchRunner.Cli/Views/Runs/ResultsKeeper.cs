using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Results.Provenance;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>Keeps results.csv up with the run, and writes provenance.jsonl at its end, beside whoever watches it.</summary>
/// <param name="next">Who watches.</param>
/// <param name="store">What is true.</param>
/// <param name="folder">Where they are written.</param>
/// <param name="time">What the time between two writes is measured on.</param>
sealed class ResultsKeeper(IRunView next, IJobStore store, RunFolder folder, TimeProvider time) : IRunView
{
    readonly ResultsFile file = new(Path.Combine(folder.Root, "results.csv"), time);

    /// <summary>Why the last attempt to write did not succeed, or null.</summary>
    public string? Trouble { get; private set; }

    public void Started(RunSummary summary)
    {
        next.Started(summary);
        Keep(() => file.Write(Table()));
    }

    public void Job(JobSpec job, JobNews news, RunSummary summary)
    {
        next.Job(job, news, summary);
        Keep(() => file.Offer(Table));
    }

    public void Note(string message) => next.Note(message);

    public void Finished(RunSummary summary)
    {
        Keep(() =>
        {
            var contents = store.Contents;
            file.Write(ResultsTable.Of(contents));
            ProvenanceFile.Write(folder, contents);
        });
        next.Finished(summary);
    }

    ResultsTable Table() => ResultsTable.Of(store.Contents);

    // It can be made again from the journal at any time, so a run does not stop for it.
    void Keep(Action write)
    {
        try
        {
            write();
            Trouble = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (Trouble is null)
            {
                next.Note($"results.csv can't be written: {Disk.Describe(error)}");
            }

            Trouble = Disk.Describe(error);
        }
    }
}
