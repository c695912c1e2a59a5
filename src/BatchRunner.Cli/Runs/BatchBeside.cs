using BatchRunner.Catalogue;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Manifests;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Runs;

/// <summary>A manifest's jobs beside what the journal knows: with the takes that were asked for over time.</summary>
sealed class BatchBeside
{
    readonly Manifest manifest;
    readonly ModelCatalogue catalogue;
    readonly Voice voice;
    readonly CancellationToken cancel;
    readonly HashSet<(string Code, string Message, SourcePlace? Place)> told = [];

    BatchBeside(Manifest manifest, ModelCatalogue catalogue, RunPlace place, JournalContents journal, Voice voice, CancellationToken cancel)
    {
        (this.manifest, this.catalogue, this.voice, this.cancel) = (manifest, catalogue, voice, cancel);
        (Place, Journal) = (place, journal);
        Retaken = Retakes.In(journal);
    }

    public RunPlace Place { get; }

    public JournalContents Journal { get; private set; }

    public ExpandedBatch Batch { get; private set; } = null!;

    /// <summary>Why a run refuses the journal: it lacks what this machine has seen; or null.</summary>
    public Diagnostic? Behind { get; private init; }

    IReadOnlyDictionary<JobKey, int> Retaken { get; set; }

    /// <summary>Reads both; or null, after saying what is wrong, and the exit code for it.</summary>
    /// <param name="request">Which batch.</param>
    /// <param name="voice">Who is told.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="onEvent">Is handed everything that happened to each job, by its number.</param>
    /// <param name="outside">The world, to tell whether the journal is behind; null: nobody asks.</param>
    public static (BatchBeside? Found, int Refusal) Open(
        BatchRequest request, Voice voice, CancellationToken cancel, Action<int, JobEvent>? onEvent = null, Surroundings? outside = null)
    {
        var problems = new DiagnosticBag();
        if (CatalogueFile.Load(request.Models, problems) is not { } catalogue || BatchFiles.Read(request, problems) is not { } manifest)
        {
            voice.Write(problems);
            voice.Say(Mistakes.Count(problems));
            return (null, ExitCode.Usage);
        }

        var place = BatchFiles.PlaceOf(request, manifest.Name);
        var read = Journaling.Journal.Read(place.Folder, onEvent, outside is null ? null : EmergencyPlace.Of(outside));
        var found = read as ReadAnswer.Found;
        var beside = new BatchBeside(manifest, catalogue, place, found?.Contents ?? JournalContents.Empty, voice, cancel)
        {
            Behind = found?.Behind,
        };
        if (beside.Expand(beside.Retaken, problems) is not { } batch)
        {
            return (null, ExitCode.Usage);
        }

        beside.Batch = batch;
        return read is ReadAnswer.Refused refused
            ? (null, voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble)))
            : (beside, ExitCode.Done);
    }

    /// <summary>Takes the journal as it is by now; false after saying why the manifest no longer fits it.</summary>
    public bool Renew(JournalContents journal)
    {
        Journal = journal;
        var retaken = Retakes.In(journal);
        if (retaken.Count == Retaken.Count && retaken.All(pair => Retaken.GetValueOrDefault(pair.Key) == pair.Value))
        {
            return true;
        }

        if (Expand(retaken, []) is not { } batch)
        {
            return false;
        }

        (Batch, Retaken) = (batch, retaken);
        return true;
    }

    /// <summary>The manifest's jobs with further takes; null after saying what is wrong. What was told before is not told again.</summary>
    public ExpandedBatch? Expand(IReadOnlyDictionary<JobKey, int> retakes, DiagnosticBag problems)
    {
        var batch = Expander.Expand(manifest, catalogue, problems, cancel, retakes);
        var news = new DiagnosticBag();
        news.AddRange(problems.Where(problem => told.Add((problem.Code, problem.Message, problem.Place))));
        voice.Write(news);
        if (problems.HasErrors)
        {
            voice.Say(Mistakes.Count(problems));
        }

        return problems.HasErrors ? null : batch;
    }
}
