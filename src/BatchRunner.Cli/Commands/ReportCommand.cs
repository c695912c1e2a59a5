using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Results.Report;

namespace BatchRunner.Cli.Commands;

/// <summary>`report`: makes report.html again from what the journal says.</summary>
static class ReportCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, or the folder of a run");
        var command = new Verb("report", "makes the page for looking at and choosing among the clips, and prints its path")
        {
            Examples =
            [
                ("report batch.yaml", "out/NAME/report.html; every `run` makes it too"),
                ("report out/spring", "from the folder alone, without the manifest"),
            ],
        };
        batch.AddTo(command, withCatalogue: false);
        command.SetAction((parsed, _) => Task.FromResult(Write(batch.Of(parsed), manner.Of(parsed, outside))));
        return command;
    }

    static int Write(BatchRequest request, Voice voice)
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

        // Of a folder alone the description is not known.
        var description = Directory.Exists(request.Path) ? null : BatchFiles.Read(request, new DiagnosticBag())?.Description;
        try
        {
            ReportFile.Write(place.Folder, journal, description);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Say($"report.html can't be written: {error.Message}");
            return ExitCode.Folder;
        }

        voice.Answer(Path.Combine(place.Shown, ReportFile.Name));
        return ExitCode.Done;
    }
}
