using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>Says what there is to say at the end of a run: to a person, to a program, and to GitHub where it runs there.</summary>
sealed class EndView(Voice voice, RunPlace place, RunRequest request, TimeSpan took)
{
    const int Indent = 11;

    /// <summary>Where the manifest caps what may be spent; null: it does not, or nobody knows.</summary>
    public SourcePlace? Cap { get; init; }

    /// <param name="outcome">How it ended.</param>
    /// <param name="table">Every job.</param>
    /// <param name="trouble">Why results.csv could not be written, or null.</param>
    /// <param name="placeOf">The line of the manifest or sheet that a job by its name comes from, or null.</param>
    public void Write(RunOutcome outcome, ResultsTable table, string? trouble, Func<string, SourcePlace?> placeOf)
    {
        foreach (var row in table.Rows.Where(row => !row.IsOrphaned && row.State.Status is JobStatus.Failed or JobStatus.Unknown))
        {
            var word = row.State.Status == JobStatus.Failed ? "failed" : "unknown";
            voice.Annotate(placeOf(row.Job.Id), $"{row.Job.Id} {word}", Trouble.Why(row));
        }

        var words = new EndWords(place, request, outcome, table, Cap);
        IEnumerable<(string Word, string Text)> lines = trouble is null ? words.Lines : words.Lines.Append(("results", SafeText.Line(trouble)));
        voice.Summarize(Markdown(words, lines));
        if (voice.IsJson)
        {
            voice.Answer(JsonLine.Of("ended", json =>
            {
                json.WriteNumber("exit", trouble is null || outcome.ExitCode is 130 or 143 or 1 ? outcome.ExitCode : ExitCode.Folder);
                json.WriteString("results", place.Results);
                json.WriteString("report", Path.Combine(place.Shown, ReportFile.Name));
                if (trouble is not null)
                {
                    json.WriteString("trouble", trouble);
                }
            }));
            return;
        }

        voice.Say("");
        voice.Say(words.Headline(took));
        foreach (var (word, text) in lines)
        {
            voice.Say($"  {word,-8} {text}", Indent);
        }

        if (trouble is null)
        {
            voice.Answer(place.Results);
        }
    }

    IEnumerable<string> Markdown(EndWords words, IEnumerable<(string Word, string Text)> lines) =>
    [
        $"### {MarkdownText.Plain(place.Shown)}: {words.Headline(took)}",
        "",
        $"- **jobs** {words.Counts}",
        .. lines.Select(line => line.Word.Length > 0 ? $"- **{line.Word}** {MarkdownText.Prose(line.Text)}" : $"- {MarkdownText.Prose(line.Text)}"),
        "",
    ];
}
