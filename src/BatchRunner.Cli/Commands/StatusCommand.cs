using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Jobs;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Commands;

/// <summary>`status`: what the journal of a run says, also while it runs.</summary>
static class StatusCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a saved plan, or the folder of a run");
        var selection = new SelectionOptions(SelectionOptions.States);
        var command = new Verb("status", "shows where a run stands, also while it runs; changes nothing")
        {
            Examples =
            [
                ("status batch.yaml", "counts, money, and what needs attention"),
                ("status out/spring --only failed", "every failed job, why, and what to do"),
                ("status out/spring --where \"take > 1\"", "the later takes"),
            ],
        };
        batch.AddTo(command, withCatalogue: false);
        selection.AddTo(command);
        command.Does(manner, outside, selection.Of, (chosen, parsed, voice) => Show(batch.Of(parsed), chosen, voice, outside));
        return command;
    }

    static int Show(BatchRequest request, Selection selection, Voice voice, Surroundings outside)
    {
        var (run, exit) = RunPlaces.Open(request, voice, outside);
        if (run is null)
        {
            return exit;
        }

        var table = ResultsTable.Of(run.Journal);
        var (rows, refusal) = Choice.Of(selection, table, run.Place, voice);
        if (rows is null)
        {
            return refusal;
        }

        // Only the manifest knows whether what screened a job still does, and only people are told what is next.
        var plan = voice.IsJson && !rows.Any(IsScreened) ? null : Planned(request, run, outside.Interrupts.Drain);
        new StatusView(voice).Write(run.Place, run.Journal, plan is null ? rows : Screened(rows, plan), isSelected: !selection.IsAll);
        if (!voice.IsJson)
        {
            foreach (var step in StatusSteps.Of(request, run, rows, plan))
            {
                voice.Answer(step, 2);
            }
        }

        return Code(rows);
    }

    // Nobody knows the manifest of a folder, and a saved plan stays what it is. One with mistakes is for `validate`.
    static Plan? Planned(BatchRequest request, MadeRun run, CancellationToken cancel) =>
        RunPlaces.Folder(request) is null
            && SavedPlans.Meant(request, []) is { Saved: null }
            && BatchFiles.Expand(request, [], cancel, Retakes.In(run.Journal)) is { } batch
            ? Planner.Plan(batch, run.Journal)
            : null;

    // With the rule that stops a job now in the place of the one that did.
    static IReadOnlyList<ResultRow> Screened(IReadOnlyList<ResultRow> rows, Plan plan)
    {
        var now = plan.Jobs.Where(job => job.Spec.SharesWith is null).ToDictionary(job => job.Spec.Key);
        return
        [
            .. rows.Select(row => IsScreened(row) && now.TryGetValue(row.Job.Key, out var job)
                ? row with { IsCleared = job.StoppedBy is null, State = row.State with { Reason = job.StoppedBy } }
                : row),
        ];
    }

    static bool IsScreened(ResultRow row) => row.State is { Status: JobStatus.Screened, IsModerated: false };

    static int Code(IReadOnlyList<ResultRow> rows) =>
        rows.Any(row => row.State.Status is JobStatus.Running or JobStatus.Unknown or JobStatus.Planned) ? ExitCode.Unfinished
        : rows.Any(row => row.State.Status is not JobStatus.Done) ? ExitCode.SomeFailed
        : ExitCode.Done;
}
