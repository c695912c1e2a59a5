using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Results.Provenance;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>Keeps results.csv, and what else was asked for, up with the run, and writes provenance.jsonl at its end, beside whoever watches it.</summary>
/// <param name="next">Who watches.</param>
/// <param name="store">What is true.</param>
/// <param name="folder">Where provenance.jsonl is written.</param>
/// <param name="files">What is written all along.</param>
sealed class ResultsKeeper(IRunView next, IJobStore store, RunFolder folder, IReadOnlyList<ResultsFile> files) : IRunView
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
        Keep(Write, () => ProvenanceFile.Write(folder, store.Contents));
        next.Finished(summary);
    }

    ResultsTable Table() => ResultsTable.Of(store.Contents);

    void Write(ResultsFile file) => file.Write(Table());

    // They can be made again from the journal at any time, so a run does not stop for them.
    void Keep(Action<ResultsFile> write, Action? provenance = null)
    {
        var troubles = files.Select(file => TroubleOf(file.Name, () => write(file))).ToList();
        if (provenance is not null)
        {
            troubles.Add(TroubleOf(ProvenanceFile.Name, provenance));
        }

        var trouble = troubles.Find(each => each is not null);
        if (trouble is not null && Trouble is null)
        {
            next.Note(trouble);
        }

        Trouble = trouble;
    }

    static string? TroubleOf(string name, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{name} can't be written: {Disk.Describe(error)}";
        }
    }
}
