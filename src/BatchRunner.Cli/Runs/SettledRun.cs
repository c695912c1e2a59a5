using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Runway;

namespace BatchRunner.Cli.Runs;

/// <summary>
/// The folder of a run that was made earlier, open and locked so that something in it can be settled, with the way to
/// where its tasks live. Whether that is Runway or the simulator is what its journal says.
/// </summary>
sealed class SettledRun : IAsyncDisposable
{
    readonly Composition composition = new();
    readonly BatchRequest request;
    readonly Voice voice;
    readonly Surroundings outside;

    SettledRun(BatchRequest request, RunPlace place, JournalStore store, Account? account, decimal scale, Voice voice, Surroundings outside)
    {
        (this.request, Place, Store, this.voice, this.outside) = (request, place, store, voice, outside);
        (Runway, Time) = composition.Reach(place, store.Contents, account, scale, voice.Say, outside);
    }

    public RunPlace Place { get; }

    public JournalStore Store { get; }

    /// <summary>Where its tasks live; reached with the first question. Only to be asked if the run was opened for that.</summary>
    public IRunway Runway { get; }

    /// <summary>The clock of its journal.</summary>
    public TimeProvider Time { get; }

    public bool IsSimulated => Store.Contents.Header?.IsSimulated == true;

    /// <summary>What a user types to continue it.</summary>
    public string RunCommandLine => RunWords.Continue(request);

    /// <summary>Opens it, or says why not and gives the exit code.</summary>
    /// <param name="request">Which run.</param>
    /// <param name="reach">How to reach its tasks; null: they need not be reached, and no key is needed.</param>
    /// <param name="voice">Who is told.</param>
    /// <param name="outside">The world.</param>
    public static async Task<(SettledRun? Run, int Exit)> Open(
        BatchRequest request, ReachRequest? reach, Voice voice, Surroundings outside)
    {
        var (made, exit) = RunPlaces.Open(request, voice);
        if (made is null)
        {
            return (null, exit);
        }

        var (place, _, header) = made;

        var isSimulated = header.IsSimulated || request.IsSimulated;
        Account? account = null;
        if (reach is not null && !isSimulated)
        {
            var problems = new DiagnosticBag();
            account = Account.From(outside, reach.BaseUrl, problems);
            if (account is null)
            {
                voice.Write(problems);
                return (null, ExitCode.Usage);
            }
        }

        var against = account?.Host ?? (request.IsSimulated ? JournalHeader.Simulator : header.Against);
        var terms = new JournalTerms(header.Name, against, Release.Version, EmergencyPlace.Of(outside));
        var opened = await Journal.Open(place.Folder, terms, outside.Disk, outside.Time);
        if (opened is not OpenAnswer.Opened(var store, var notes))
        {
            var refused = (OpenAnswer.Refused)opened;
            return (null, voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble)));
        }

        voice.Write(notes);
        return (new SettledRun(request, place, store, account, reach?.TimeScale ?? RunOptionSet.UsualScale, voice, outside), ExitCode.Done);
    }

    /// <summary>Makes results.csv and report.html again from the journal; the exit code, worse if they can't be written.</summary>
    public int Project(int exit)
    {
        try
        {
            var contents = Store.Contents;
            ResultsFiles.Write(Place.Folder, contents, outside.Time, new ResultsWish(contents.Header?.Name ?? ""));
            ReportFile.Write(Place.Folder, contents, RunPlaces.Description(request), Reviews.OrNone(Place, voice));
            return exit;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Say($"it is saved in the journal, but results.csv, provenance.jsonl and report.html can't be written: {Disk.Describe(error)}");
            return exit is ExitCode.Interrupted or ExitCode.Terminated ? exit : ExitCode.Folder;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await composition.DisposeAsync();
        await Store.DisposeAsync();
    }
}
