using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;
using BatchRunner.Results.Verifying;

namespace BatchRunner.Cli.Commands;

/// <summary>`verify`: holds every finished file against the journal. Reads only, opens no connection.</summary>
static class VerifyCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a saved plan, or the folder of a run");
        var command = new Verb("verify", "checks every finished file by size and SHA-256, the journal by its checksums, results.csv and provenance.jsonl")
        {
            Examples =
            [
                ("verify batch.yaml", "exit 0: all is as it was saved; 11: what is not, and what to do"),
                ("verify out/spring --json", "from the folder alone, for a program"),
            ],
        };
        batch.AddTo(command, withCatalogue: false);
        command.SetAction((parsed, _) => Verify(batch.Of(parsed), manner.Of(parsed, outside), outside));
        return command;
    }

    static async Task<int> Verify(BatchRequest request, Voice voice, Surroundings outside)
    {
        if (RunPlaces.Find(request, voice) is not { } place)
        {
            return ExitCode.Usage;
        }

        var (journal, exit) = RunPlaces.Read(place, voice);
        if (journal is null)
        {
            return exit;
        }

        if (journal.Header is null)
        {
            return place.Folder.HasMedia()
                ? voice.Refuse(JournalProblems.MediaWithoutJournal(place.Shown), ExitCode.Folder)
                : voice.Refuse(UsageProblems.NoRunYet(place.Shown, place.HasSimulated));
        }

        try
        {
            var verification = await new Verifier(place.Folder, journal).Verify(outside.Interrupts.Drain);
            new VerifiedView(voice, RunWords.Continue(request)).Write(place.Shown, verification);
            return verification.Broken.Count == 0 ? ExitCode.Done : ExitCode.Folder;
        }
        catch (OperationCanceledException) when (outside.Interrupts.Drain.IsCancellationRequested)
        {
            voice.Say("stopped: not every file was looked at");
            return outside.Interrupts.ExitCode ?? ExitCode.Interrupted;
        }
    }
}
