using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Downloads;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Manifests;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.Runway.Inputs;
using BatchRunner.Scheduling;

namespace BatchRunner;

/// <summary>
/// A manifest's jobs, ready to be planned and run. Start here: a manifest is read, expanded into jobs, planned beside what
/// the journal knows, run, and its results written; each of these is one line below.
/// </summary>
public sealed class Batch
{
    readonly ExpandedBatch expanded;
    readonly BatchSettings settings;
    readonly RunFolder folder;

    Batch(ExpandedBatch expanded, BatchSettings settings)
    {
        (this.expanded, this.settings) = (expanded, settings);
        folder = FolderOf(expanded.Manifest, settings);
    }

    /// <summary>How many jobs the manifest makes.</summary>
    public int JobCount => expanded.Jobs.Count;

    /// <summary>Reads a manifest and expands it. Reads files below the manifest's folder; sends and writes nothing.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="settings">Where and how to run it.</param>
    /// <param name="problems">Every mistake and warning, in order of place.</param>
    /// <param name="cancel">Stops the expansion.</param>
    /// <returns>The batch, or null if there is an error among the problems.</returns>
    public static Batch? Read(
        string path, BatchSettings settings, out IReadOnlyList<Diagnostic> problems, CancellationToken cancel)
    {
        var bag = new DiagnosticBag();
        var manifest = ManifestReader.Read(path, settings.Root, bag);
        var folder = manifest is null ? null : FolderOf(manifest, settings);
        var retakes = folder is not null && Journal.Read(folder) is ReadAnswer.Found found ? Retakes.In(found.Contents) : null;
        var expanded = manifest is null ? null : Expander.Expand(manifest, ModelCatalogue.BuiltIn, bag, cancel, retakes);
        problems = bag.InOrder();
        return expanded is null || bag.HasErrors ? null : new Batch(expanded, settings);
    }

    static RunFolder FolderOf(Manifest manifest, BatchSettings settings)
    {
        var beside = Path.GetFullPath(manifest.Folder);
        return settings.Folder is { } named
            ? new RunFolder(Path.GetFullPath(named))
            : new RunFolder(Path.Combine(beside, "out", manifest.Name)) { Named = beside };
    }

    /// <summary>What a run would do and cost now. Opens no connection, needs no key, changes nothing.</summary>
    public BatchPlan Plan() => Journal.Read(folder) switch
    {
        ReadAnswer.Found found => BatchPlan.Of(Planner.Plan(expanded, found.Contents)),
        ReadAnswer.Refused refused => BatchPlan.Impossible(refused.Problem),
        var other => throw new InvalidOperationException($"no such answer: {other}"),
    };

    /// <summary>
    /// Does whatever is missing, and pays for it without asking: show <see cref="Plan"/> first. May be repeated for ever;
    /// what is done is kept, what runs is picked up, what may have been charged is left to you.
    /// </summary>
    /// <param name="drain">Submits nothing more, ends the create under way, records it, and leaves.</param>
    /// <param name="abort">Leaves at once; the journal is already true.</param>
    /// <returns>How it ended. Never throws for what the user, the network, the server or the disk does.</returns>
    public async Task<BatchOutcome> Run(CancellationToken drain, CancellationToken abort)
    {
        if (!ApiAddress.TryParse(settings.Address, out var address, out var problem)
            || !Secret.TryRead(settings.Key ?? "", out var key, out problem))
        {
            return BatchOutcome.Refused(2, new Diagnostic("BR0912", Severity.Error, problem));
        }

        var terms = new JournalTerms(expanded.Manifest.Name, address.Host, BatchSettings.Version, settings.EmergencyFolder);
        var opened = await Journal.Open(folder, terms, new LocalDisk(), settings.Time);
        if (opened is not OpenAnswer.Opened { Store: var store })
        {
            var refused = (OpenAnswer.Refused)opened;
            return BatchOutcome.Refused(refused.Trouble, refused.Problem);
        }

        await using (store)
        {
            var plan = Planner.Plan(expanded, store.Contents);
            if (Recollection.Refusal(folder, plan) is { } forgotten)
            {
                return BatchOutcome.Refused(FolderTrouble.Damaged, forgotten);
            }

            using var runway = new HttpRunway(
                new RunwayOptions { BaseAddress = address, Key = key, CreateTimeout = expanded.Manifest.Limits.CreateTimeout },
                settings.Time,
                settings.Dice,
                settings.Log);
            using var delivery = new InputDelivery(
                runway, new InputUses(plan.Jobs.Where(job => job.WillSubmit).Select(job => job.Spec)), settings.Time);
            using var downloads = new HttpDownloads(
                new DownloadOptions { Root = folder.Root, IsLoopbackAllowed = ApiAddress.IsLoopback(address) }, settings.Time);
            var outcome = await Scheduling.Run.Go(
                Parts(plan, store, runway, delivery, downloads),
                new RunSignals(() => StopReason.Interrupted, drain, abort));
            return BatchOutcome.Of(outcome, WriteResults(store));
        }
    }

    Diagnostic? WriteResults(JournalStore store)
    {
        try
        {
            ResultsFiles.Write(folder, store.Contents, settings.Time, new ResultsWish(expanded.Manifest.Name));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The journal has everything: the next run writes it again.
            return new Diagnostic("BR0701", Severity.Error, $"`results.csv` or `provenance.jsonl` can't be written: {Disk.Describe(error)}");
        }
    }

    RunParts Parts(Plan plan, JournalStore store, HttpRunway runway, InputDelivery delivery, HttpDownloads downloads) => new()
    {
        Plan = plan,
        Folder = folder,
        Store = store,
        Runway = runway,
        Delivery = delivery,
        Downloads = downloads,
        View = settings.View,
        Log = settings.Log,
        Time = settings.Time,
        Dice = settings.Dice,
        Options = settings.Bounds(expanded.Manifest.Limits),
        Origin = Origins.Of(expanded, folder.Root, BatchSettings.Version),
    };
}
