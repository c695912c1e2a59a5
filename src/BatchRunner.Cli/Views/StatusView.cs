using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views;

/// <summary>Where a run stands: counts, money, and every job that needs somebody.</summary>
sealed class StatusView(Voice voice)
{
    const int Most = 20;
    const int Indent = 11;

    /// <param name="place">The run.</param>
    /// <param name="journal">What its journal says.</param>
    /// <param name="rows">The jobs asked for.</param>
    /// <param name="isSelected">Somebody chose them, so every one is shown.</param>
    public void Write(RunPlace place, JournalContents journal, IReadOnlyList<ResultRow> rows, bool isSelected)
    {
        if (voice.IsJson)
        {
            WriteJson(journal, rows);
            return;
        }

        var asked = rows.Where(row => !row.IsOrphaned).ToList();
        var counts = Enum.GetValues<JobStatus>()
            .Select(status => (status, count: asked.Count(row => row.State.Status == status)))
            .Where(pair => pair.count > 0)
            .Select(pair => $"{Figures.Number(pair.count)} {pair.status.ToString().ToLowerInvariant()}");
        voice.Answer($"{place.Shown}: {string.Join(", ", counts.Prepend(Figures.Count(asked.Count, "job")))}"
            + (asked.Count < rows.Count ? $"; and {Figures.Number(rows.Count - asked.Count)} of earlier plans" : ""));
        voice.Answer($"{Figures.Price(journal.Spent)} spent, {Figures.Credits(journal.Reserved)} reserved"
            + (journal.Header?.Against == "simulator" ? "; simulated, so nothing was paid" : ""));
        var shown = isSelected ? rows : [.. rows.Where(NeedsSomebody)];
        if (shown.Count == 0)
        {
            return;
        }

        // Who chose some jobs wants to see each of them; else the same trouble of many is told once.
        if (isSelected)
        {
            foreach (var row in shown)
            {
                voice.Answer("  " + (NeedsSomebody(row) ? Trouble.Of(row).Line : Line(row)), Indent);
            }

            return;
        }

        var troubles = Trouble.In(shown);
        foreach (var trouble in troubles.Take(Most))
        {
            voice.Answer("  " + trouble.Line, Indent);
        }

        if (troubles.Skip(Most).Sum(trouble => trouble.Jobs) is > 0 and var more)
        {
            voice.Answer($"  and {Figures.Number(more)} more; `--only failed` shows all that failed");
        }
    }

    static bool NeedsSomebody(ResultRow row) => row.NeedsSomebody || row.IsOrphaned;

    static string Line(ResultRow row) =>
        $"{row.State.Status.ToString().ToLowerInvariant(),-8} {SafeText.Line(row.Job.Id)}"
        + (row.State.Task is { } task ? $"  {SafeText.Line(task.Value)}" : "")
        + string.Concat(row.State.Files.Select(file => $"  {SafeText.Line(file.Path)}"));

    void WriteJson(JournalContents journal, IReadOnlyList<ResultRow> rows)
    {
        foreach (var row in rows)
        {
            voice.Answer(JsonLine.Of("job", json =>
            {
                json.WriteString("job", row.Job.Id);
                json.WriteString("status", row.State.Status.ToString().ToLowerInvariant());
                json.WriteString("task", row.State.Task?.Value);
                json.WriteString("file", row.State.Files is [var file, ..] ? file.Path : null);
                json.WriteNumber("spent", row.State.Spent);
                json.WriteNumber("reserved", row.State.Reserved);
                json.WriteString("failureCode", row.FailureCode);
                json.WriteString("failure", row.Failure);
                json.WriteString("nextStep", row.NextStep);
                HintWords.Write(json, row.State);
                json.WriteBoolean("orphaned", row.IsOrphaned);
                json.WriteString("key", row.Job.Key.Hex);
            }));
        }

        voice.Answer(JsonLine.Of("status", json =>
        {
            json.WriteString("against", journal.Header?.Against);
            json.WriteNumber("jobs", rows.Count);
            json.WriteNumber("spent", journal.Spent);
            json.WriteNumber("reserved", journal.Reserved);
        }));
    }
}
