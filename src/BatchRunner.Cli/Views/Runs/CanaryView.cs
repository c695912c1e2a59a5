using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.World;
using BatchRunner.Jobs;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Results.Report;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>What the canaries came to, and what the rest will cost: what somebody needs for a yes or a no.</summary>
/// <param name="voice">Says it.</param>
/// <param name="place">Where the clips are.</param>
/// <param name="cap">What all runs in the folder may cost, or null.</param>
/// <param name="outside">The world.</param>
sealed class CanaryView(Voice voice, RunPlace place, decimal? cap, Surroundings outside)
{
    const int Most = 20;
    const int Indent = 11;

    /// <summary>What some jobs did cost, and may have cost without anybody saying.</summary>
    public static decimal Cost(IEnumerable<ResultRow> rows) => rows.Sum(row => row.State.Spent + row.State.Reserved);

    public void Write(IReadOnlyList<ResultRow> rows, Plan rest)
    {
        var done = rows.Count(row => row.State.Status == JobStatus.Done);
        if (voice.IsJson)
        {
            new JsonView(outside.Output, outside.Time).Canary(rows.Count, done, Cost(rows), rest.SubmitCount, rest.Credits);
            return;
        }

        voice.Say("");
        voice.Say($"{Figures.Number(done)} of {Figures.Count(rows.Count, "canary job")} done, for {Figures.Price(Cost(rows))}");
        foreach (var row in rows.Take(Most))
        {
            voice.Say("  " + (row.State.Status == JobStatus.Done ? Made(row) : Trouble.Of(row).Line), Indent);
        }

        if (rows.Count > Most)
        {
            voice.Say($"           and {Figures.Number(rows.Count - Most)} more, in {place.Results}");
        }

        voice.Say($"  look     {Path.Combine(place.Shown, ReportFile.Name)}", Indent);
        voice.Say($"  rest     {Figures.Count(rest.SubmitCount, "job")} for {Consent.Price(rest)}{Cut(rest)}", Indent);
    }

    string Cut(Plan rest) => cap - rest.Journal.Spent - rest.Journal.Reserved is { } left && left < rest.Credits
        ? $"; the cap of {Figures.Credits(cap ?? 0)} stops it after {Figures.Number(Math.Max(0, left))}"
        : "";

    string Made(ResultRow row) => $"done     {SafeText.Line(row.Job.Id)}: {Figures.Credits(row.State.Spent + row.State.Reserved)}, "
        + string.Join(", ", row.State.Files.Select(file => SafeText.Line(Path.Combine(place.Shown, file.Path))));
}
