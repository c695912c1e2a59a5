using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Results.Report;

namespace BatchRunner.Cli.Commands;

/// <summary>`report`: makes report.html again from what the journal says.</summary>
static class ReportCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a saved plan, or the folder of a run");
        var selection = new SelectionOptions("jobs that are planned, running, done, failed, unknown, cancelled or screened");
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
        command.SetAction((parsed, _) =>
        {
            var voice = manner.Of(parsed, outside);
            var problems = new DiagnosticBag();
            if (selection.Of(parsed, problems) is { } chosen)
            {
                return Task.FromResult(Write(batch.Of(parsed), chosen, voice));
            }

            voice.Write(problems);
            return Task.FromResult(ExitCode.Usage);
        });
        return command;
    }

    static int Write(BatchRequest request, Selection selection, Voice voice)
    {
        if (RunPlaces.Find(request, voice) is not { } place)
        {
            return ExitCode.Usage;
        }

        var read = Journal.Read(place.Folder);
        if (read is ReadAnswer.Refused refused)
        {
            return voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble));
        }

        var journal = ((ReadAnswer.Found)read).Contents;
        if (journal.Header is null)
        {
            return voice.Refuse(UsageProblems.NoRunYet(place.Shown, place.HasSimulated));
        }

        var table = ResultsTable.Of(journal);
        var (rows, refusal) = Choice.Of(selection, table, voice);
        if (rows is null)
        {
            return refusal;
        }

        // Of a folder alone the description is not known.
        var description = Directory.Exists(request.Path) || SavedPlans.Meant(request, new DiagnosticBag()) is not { } meant
            ? null
            : BatchFiles.Read(meant, new DiagnosticBag())?.Description;
        try
        {
            ReportFile.Write(place.Folder, journal, description, table with { Rows = rows });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Say($"report.html can't be written: {Disk.Describe(error)}");
            return ExitCode.Folder;
        }

        voice.Answer(Path.Combine(place.Shown, ReportFile.Name));
        return ExitCode.Done;
    }
}
