using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Diagnostics;
using BatchRunner.Planning;
using BatchRunner.Planning.Saved;
using BatchRunner.Results;

namespace BatchRunner.Cli.Runs;

/// <summary>Which jobs are meant: of a batch beside its journal, no more than a saved plan lists and a selection says.</summary>
static class Choice
{
    /// <summary>The rows of a table that a selection means; or null, after saying why not, and the exit code for it.</summary>
    public static (IReadOnlyList<ResultRow>? Rows, int Refusal) Of(Selection selection, ResultsTable table, RunPlace place, Voice voice)
    {
        if (Reviews.For(selection, place, voice) is not { } asked)
        {
            return (null, ExitCode.Usage);
        }

        var problems = new DiagnosticBag();
        var rows = asked.Among(table.Rows, row => (row.Job, row.State), problems);
        if (rows is null)
        {
            voice.Write(problems);
            return (null, ExitCode.Usage);
        }

        return rows.Count > 0 || selection.IsAll
            ? (rows, ExitCode.Done)
            : (null, Nothing(selection, table.Rows.Count, place, voice));
    }

    /// <summary>The plan before anything is selected, no more than a saved plan lists; or null, and the exit code.</summary>
    public static (Plan? Plan, int Refusal) All(BatchRequest request, BatchBeside beside, Voice voice)
    {
        var all = Planner.Plan(beside.Batch, beside.Journal);
        if (request.Saved is not var (file, saved))
        {
            return (all, ExitCode.Done);
        }

        if (Staleness.Of(saved, file, all) is not { Count: > 0 } stale)
        {
            return (saved.Of(all), ExitCode.Done);
        }

        voice.Write(stale);
        return (null, ExitCode.Stale);
    }

    /// <summary>The plan; or null, after saying why not, and the exit code for it.</summary>
    public static (Plan? Plan, int Refusal) Of(BatchRequest request, Selection selection, BatchBeside beside, Voice voice)
    {
        if (Reviews.For(selection, beside.Place, voice) is not { } asked)
        {
            return (null, ExitCode.Usage);
        }

        var (all, stale) = All(request, beside, voice);
        if (all is null)
        {
            return (null, stale);
        }

        if (request.Saved is not null && selection.IsRetake)
        {
            return (null, voice.Refuse(UsageProblems.RetakeAndSavedPlan()));
        }

        // What a saved plan may do once more it says itself.
        var (plan, refusal) = Of(asked, all, mayRepeat: request.Saved is null, beside.Place, voice);
        return plan is not null && selection.IsRetake ? Retaken(plan, selection, beside, voice) : (plan, refusal);
    }

    /// <summary>The plan for what a run's folder has under way; or null, after saying why not, and the exit code for it.</summary>
    public static (Plan? Plan, int Refusal) Of(MadeRun run, Selection selection, Voice voice) =>
        selection.IsRetake ? (null, voice.Refuse(UsageProblems.RetakeOfFolder(run.Place.Shown)))
        : Reviews.For(selection, run.Place, voice) is not { } asked ? (null, ExitCode.Usage)
        : Of(asked, FolderPlan.Of(run.Journal, run.Place.Folder), mayRepeat: false, run.Place, voice);

    static (Plan? Plan, int Refusal) Of(Selection selection, Plan all, bool mayRepeat, RunPlace place, Voice voice)
    {
        var problems = new DiagnosticBag();
        if (selection.Of(all, problems, mayRepeat) is { } plan)
        {
            return (plan, ExitCode.Done);
        }

        if (problems.HasErrors)
        {
            voice.Write(problems);
            return (null, ExitCode.Usage);
        }

        return (null, Nothing(selection, all.Jobs.Count, place, voice));
    }

    static int Nothing(Selection selection, int jobs, RunPlace place, Voice voice) => voice.Refuse(
        selection.Verdicts.Count > 0 && place.Review is { Exists: false } review
            ? UsageProblems.NothingJudged(selection.ToString(), SafeText.Line(review.Shown))
            : UsageProblems.NothingSelected(selection.ToString(), jobs),
        ExitCode.NothingSelected);

    /// <summary>The plan of one more take of the selected jobs; or null, after saying why not, and the exit code for it.</summary>
    static (Plan? Plan, int Refusal) Retaken(Plan selected, Selection selection, BatchBeside beside, Voice voice)
    {
        var retakes = Retakes.Of(selected);
        if (retakes.IsEmpty)
        {
            return (null, voice.Refuse(UsageProblems.NothingToRetake(selection.ToString()), ExitCode.NothingSelected));
        }

        var batch = retakes.Asked.Count == 0 ? beside.Batch : beside.Expand(retakes.Beside(beside.Journal), []);
        return batch is null
            ? (null, ExitCode.Usage)
            : (retakes.Among(Planner.Plan(batch, beside.Journal)) with { Narrowed = selected.Narrowed }, ExitCode.Done);
    }
}
