using BatchRunner.Journaling;

namespace BatchRunner.Results.Report;

/// <summary>report.html in a run's folder: made from the journal alone, so it can be made again at any time.</summary>
static class ReportFile
{
    public const string Name = "report.html";

    /// <summary>Writes it beside the media it shows, and gives its full path.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="journal">What it knows.</param>
    /// <param name="description">The manifest's, or null.</param>
    /// <param name="shown">Some rows only; null: all.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static string Write(RunFolder folder, JournalContents journal, string? description, ResultsTable? shown = null)
    {
        var header = journal.Header ?? throw new InvalidOperationException("a folder without a journal has no report");
        var head = new ReportHead
        {
            Name = header.Name,
            Description = description,
            Against = header.Against,
            FolderId = header.Folder,
        };
        var path = Path.Combine(folder.Root, Name);
        WholeFile.Replace(path, ReportPage.Write(head, shown ?? ResultsTable.Of(journal)));
        return path;
    }
}
