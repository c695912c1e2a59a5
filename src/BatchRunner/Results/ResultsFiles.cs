using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Results.Provenance;

namespace BatchRunner.Results;

/// <summary>
/// The files made from the results of a run. What was asked for once is kept up from then on: results.jsonl if it is there,
/// and the byte order mark of a results.csv that begins with one.
/// </summary>
static class ResultsFiles
{
    /// <summary>The file that always is there.</summary>
    public const string Csv = "results.csv";

    /// <summary>Its twin for programs.</summary>
    public const string Jsonl = "results.jsonl";

    /// <summary>The files, results.csv first.</summary>
    /// <param name="folder">The run's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wish">What was asked for now.</param>
    public static IReadOnlyList<ResultsFile> In(string folder, TimeProvider time, ResultsWish wish)
    {
        var (csv, jsonl) = (Path.Combine(folder, Csv), Path.Combine(folder, Jsonl));
        List<ResultsFile> files = [new(csv, time, (file, table) => ResultsCsv.Write(file, table, wish.WithMark || HasMark(csv)))];
        if (wish.WithJsonl || File.Exists(jsonl))
        {
            files.Add(new ResultsFile(jsonl, time, ResultsJsonl.Write));
        }

        if (wish.JUnit is { } path)
        {
            files.Add(new ResultsFile(path, time, (file, table) => JUnitXml.Write(file, wish.Name, table)));
        }

        return files;
    }

    /// <summary>Writes all of them, and provenance.jsonl, as the journal has it.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static void Write(RunFolder folder, JournalContents journal, TimeProvider time, ResultsWish wish)
    {
        var table = ResultsTable.Of(journal);
        foreach (var file in In(folder.Root, time, wish))
        {
            file.Write(table);
        }

        ProvenanceFile.Write(folder, journal);
    }

    /// <summary>Whether a file begins with a byte order mark; false if it can't be read.</summary>
    public static bool HasMark(string path)
    {
        try
        {
            if (!FolderCheck.IsPlainFile(path))
            {
                // To open a pipe would be to wait for whoever writes into it.
                return false;
            }

            using var file = File.OpenHandle(path);
            Span<byte> first = stackalloc byte[3];
            return RandomAccess.Read(file, first, 0) == first.Length && first.SequenceEqual(ResultsCsv.ByteOrderMark);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there yet, or about to be told by whoever writes it.
            return false;
        }
    }
}

/// <summary>What was asked for beside results.csv.</summary>
/// <param name="Name">The run's.</param>
/// <param name="WithMark">results.csv begins with a byte order mark.</param>
/// <param name="WithJsonl">results.jsonl beside it.</param>
/// <param name="JUnit">Where to write JUnit XML, or null.</param>
sealed record ResultsWish(string Name, bool WithMark = false, bool WithJsonl = false, string? JUnit = null);
