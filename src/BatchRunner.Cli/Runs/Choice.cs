using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Planning.Saved;
using BatchRunner.Results;

namespace BatchRunner.Cli.Runs;

/// <summary>Which jobs are meant: of a batch beside its journal, no more than a saved plan lists and a selection says.</summary>
static class Choice
{
    /// <summary>The rows of a table that a selection means; or null, after saying why not, and the exit code for it.</summary>
    public static (IReadOnlyList<ResultRow>? Rows, int Refusal) Of(Selection selection, ResultsTable table, Voice voice)
    {
        var problems = new DiagnosticBag();
        var rows = selection.Among(table.Rows, row => (row.Job, row.State.Status), problems);
        if (rows is null)
        {
            voice.Write(problems);
            return (null, ExitCode.Usage);
        }

        return rows.Count > 0 || selection.IsAll
            ? (rows, ExitCode.Done)
            : (null, voice.Refuse(UsageProblems.NothingSelected(selection.ToString(), table.Rows.Count), ExitCode.NothingSelected));
    }

    /// <summary>The plan; or null, after saying why not, and the exit code for it.</summary>
    public static (Plan? Plan, int? Refusal) Of(
        BatchRequest request, Selection selection, ExpandedBatch batch, JournalContents journal, Voice voice)
    {
        var all = Planner.Plan(batch, journal);
        if (request.Saved is var (file, saved))
        {
            if (Staleness.Of(saved, file, all) is { Count: > 0 } stale)
            {
                voice.Write(stale);
                return (null, ExitCode.Stale);
            }

            all = saved.Of(all);
        }

        // What a saved plan may do once more it says itself.
        var problems = new DiagnosticBag();
        if (selection.Of(all, problems, mayRepeat: request.Saved is null) is { } plan)
        {
            return (plan, null);
        }

        if (problems.HasErrors)
        {
            voice.Write(problems);
            return (null, ExitCode.Usage);
        }

        return (null, voice.Refuse(UsageProblems.NothingSelected(selection.ToString(), batch.Jobs.Count), ExitCode.NothingSelected));
    }
}
