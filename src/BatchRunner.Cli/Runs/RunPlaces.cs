using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Runs;

/// <summary>Finds the folder of a run by its manifest, by a saved plan, or by itself, and reads what its journal says.</summary>
static class RunPlaces
{
    /// <summary>The run whose folder was named itself, or null: it was not.</summary>
    public static RunPlace? Folder(BatchRequest request) =>
        Directory.Exists(request.Path) && File.Exists(new RunFolder(Path.GetFullPath(request.Path)).Journal)
            ? BatchFiles.PlaceOf(request.Path)
            : null;

    /// <summary>The folder, or null after saying what is wrong with the manifest.</summary>
    public static RunPlace? Find(BatchRequest request, Voice voice)
    {
        if (Folder(request) is { } folder)
        {
            return folder;
        }

        var problems = new DiagnosticBag();
        if (SavedPlans.Meant(request, problems) is { Saved: not null } meant)
        {
            return BatchFiles.PlaceOf(meant, meant.Saved.Plan.Name);
        }

        if (!problems.HasErrors && BatchFiles.Read(request, problems) is { } manifest)
        {
            return BatchFiles.PlaceOf(request, manifest.Name);
        }

        voice.Write(problems);
        return null;
    }

    /// <summary>A run that was made, with its journal read; or null after saying why not, and the exit code for it.</summary>
    /// <param name="request">Which run.</param>
    /// <param name="voice">Who is told.</param>
    /// <param name="outside">The world, to warn of a journal that a run would refuse as too old; null: nobody is warned.</param>
    public static (MadeRun? Run, int Exit) Open(BatchRequest request, Voice voice, Surroundings? outside = null)
    {
        if (Find(request, voice) is not { } place)
        {
            return (null, ExitCode.Usage);
        }

        var (journal, exit) = Read(place, voice, outside);
        return journal is null ? (null, exit)
            : journal.Header is { } header ? (new MadeRun(place, journal, header), ExitCode.Done)
            : (null, voice.Refuse(UsageProblems.NoRunYet(place.Shown, place.HasSimulated)));
    }

    /// <summary>What the journal of a folder says, nothing if there is none; or null after saying what is wrong with it.</summary>
    public static (JournalContents? Journal, int Exit) Read(RunPlace place, Voice voice, Surroundings? outside = null)
    {
        switch (Journal.Read(place.Folder, null, outside is null ? null : EmergencyPlace.Of(outside)))
        {
            case ReadAnswer.Found found:
                Warn(found.Behind, voice);
                return (found.Contents, ExitCode.Done);
            case ReadAnswer.Refused refused:
                return (null, voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble)));
            case var other:
                throw new InvalidOperationException($"no such answer: {other}");
        }
    }

    /// <summary>Says to somebody who only looks why a run would refuse the journal.</summary>
    public static void Warn(Diagnostic? behind, Voice voice)
    {
        if (behind is not null)
        {
            voice.Write([behind with { Severity = Severity.Warning }]);
        }
    }

    /// <summary>What the user wrote about a batch; null of a folder alone.</summary>
    public static string? Description(BatchRequest request) =>
        Directory.Exists(request.Path) || SavedPlans.Meant(request, new DiagnosticBag()) is not { } meant
            ? null
            : BatchFiles.Read(meant, new DiagnosticBag())?.Description;
}

/// <summary>A run that was made: where it is, and what is known of it.</summary>
sealed record MadeRun(RunPlace Place, JournalContents Journal, Journaling.Records.JournalHeader Header);
