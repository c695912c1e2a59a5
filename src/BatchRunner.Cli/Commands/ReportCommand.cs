using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Results.Report;

namespace BatchRunner.Cli.Commands;

/// <summary>`report`: makes report.html again from what the journal says.</summary>
static class ReportCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a saved plan, or the folder of a run");
        var selection = new SelectionOptions(SelectionOptions.States);
        var command = new Verb("report", "makes the page for looking at and choosing among the clips, and prints its path")
        {
            Examples =
            [
                ("report batch.yaml", "out/NAME/report.html; every `run` makes it too"),
                ("report out/spring", "from the folder alone, without the manifest"),
                ("report out/spring --where \"template == 'calm'\"", "these only, until the next run or report"),
            ],
        };
        batch.AddTo(command, withCatalogue: false);
        selection.AddTo(command);
        command.Does(manner, outside, selection.Of, (chosen, parsed, voice) => Write(batch.Of(parsed), chosen, voice, outside));
        return command;
    }

    static async Task<int> Write(BatchRequest request, Selection selection, Voice voice, Surroundings outside)
    {
        var (run, exit) = RunPlaces.Open(request, voice);
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

        if (Reviews.Of(run.Place, voice) is not { } review)
        {
            return ExitCode.Usage;
        }

        await Posters.Make(run, outside, voice);
        try
        {
            ReportFile.Write(run.Place.Folder, run.Journal, RunPlaces.Description(request), review, table with { Rows = rows });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Say($"report.html can't be written: {Disk.Describe(error)}");
            return ExitCode.Folder;
        }

        voice.Answer(Path.Combine(run.Place.Shown, ReportFile.Name));
        return ExitCode.Done;
    }
}
