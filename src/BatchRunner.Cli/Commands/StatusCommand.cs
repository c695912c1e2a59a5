using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
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

        new StatusView(voice).Write(run.Place, run.Journal, rows, isSelected: !selection.IsAll);
        if (!voice.IsJson && News(request, run, outside.Interrupts.Drain) is { } news)
        {
            voice.Answer(news, 2);
        }

        return Code(rows);
    }

    // Nobody knows the manifest of a folder, and a saved plan stays what it is. One with mistakes is for `validate`.
    static string? News(BatchRequest request, MadeRun run, CancellationToken cancel)
    {
        if (RunPlaces.Folder(request) is not null
            || SavedPlans.Meant(request, []) is not { Saved: null }
            || BatchFiles.Expand(request, [], cancel, Retakes.In(run.Journal)) is not { } batch)
        {
            return null;
        }

        var plan = Planner.Plan(batch, run.Journal);
        return Drift.Of(plan) is { IsNone: false } drift ? DriftWords.Of(drift, plan, request) : null;
    }

    static int Code(IReadOnlyList<ResultRow> rows) =>
        rows.Any(row => row.State.Status is JobStatus.Running or JobStatus.Unknown or JobStatus.Planned) ? ExitCode.Unfinished
        : rows.Any(row => row.State.Status is not JobStatus.Done) ? ExitCode.SomeFailed
        : ExitCode.Done;
}
