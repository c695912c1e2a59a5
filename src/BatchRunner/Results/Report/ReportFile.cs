using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Results.Report;

/// <summary>report.html in a run's folder: made from the journal alone, so it can be made again at any time.</summary>
static class ReportFile
{
    public const string Name = "report.html";

    /// <summary>Writes it beside the media it shows, and gives its full path.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="journal">What it knows.</param>
    /// <param name="description">The manifest's, or null.</param>
    /// <param name="review">What was said of the takes.</param>
    /// <param name="shown">Some rows only; null: all.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static string Write(RunFolder folder, JournalContents journal, string? description, Review review, ResultsTable? shown = null)
    {
        var head = HeadOf(folder, journal, description, review);
        var path = Path.Combine(folder.Root, Name);
        WholeFile.Replace(path, page =>
        {
            ReportPage.Write(page, head, shown ?? ResultsTable.Of(journal));
            return true;
        });
        return path;
    }

    /// <summary>What stands above the clips, and beside them.</summary>
    public static ReportHead HeadOf(RunFolder folder, JournalContents journal, string? description, Review review)
    {
        var header = journal.Header ?? throw new InvalidOperationException("a folder without a journal has no report");
        return new ReportHead
        {
            Name = header.Name,
            Description = description,
            Against = header.Against,
            FolderId = header.Folder,
            Review = review,
            PosterOf = file => File.Exists(folder.PathOf(PosterName(file))) ? PosterName(file) : null,
        };
    }

    /// <summary>Where the picture of a file belongs, below the run's folder: by its bytes, so it never shows another clip.</summary>
    public static string PosterName(JobFile file) => $"{RunFolder.Posters}/{file.Sha256[..Math.Min(32, file.Sha256.Length)]}.jpg";
}
