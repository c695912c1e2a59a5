namespace BatchRunner.Results;

/// <summary>
/// A file made from the results, such as results.csv in a run's folder. A reader sees the old file or the new one, whole,
/// whatever happens; unchanged contents are not written again.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="time">The clock that <see cref="Interval"/> is measured on.</param>
/// <param name="format">Writes what it says of a table.</param>
sealed class ResultsFile(string path, TimeProvider time, Action<Stream, ResultsTable> format)
{
    /// <summary>The least time between two replacements while a run goes on.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A very large table takes a while: no more than a twentieth of a run is spent on it.
    const int Share = 20;

    long? written;
    TimeSpan took;

    /// <summary>results.csv, or another file of its form.</summary>
    public ResultsFile(string path, TimeProvider time)
        : this(path, time, (file, table) => ResultsCsv.Write(file, table, withMark: false))
    {
    }

    /// <summary>Its name, for messages.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>Writes if it is time to; the table is only made then.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Offer(Func<ResultsTable> table)
    {
        if (written is { } last && time.GetElapsedTime(last) is var passed && (passed < Interval || passed < took * Share))
        {
            return;
        }

        var start = time.GetTimestamp();
        Write(table());
        took = time.GetElapsedTime(start);
    }

    /// <summary>Writes now: synced under another name, renamed, and the folder synced.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Write(ResultsTable table)
    {
        WholeFile.Renew(path, file => format(file, table));
        written = time.GetTimestamp();
    }
}
