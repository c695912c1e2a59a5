using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Manifests;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Cli.Runs;

/// <summary>The way from what was typed to a manifest and its folder. Reads; sends and writes nothing.</summary>
static class BatchFiles
{
    /// <summary>The manifest's jobs by itself, whatever became of them; or null and every mistake.</summary>
    public static ExpandedBatch? Expand(
        BatchRequest request, DiagnosticBag problems, CancellationToken cancel, IReadOnlyDictionary<JobKey, int>? retakes = null)
    {
        if (CatalogueFile.Load(request.Models, problems) is not { } catalogue || Read(request, problems) is not { } manifest)
        {
            return null;
        }

        var batch = Expander.Expand(manifest, catalogue, problems, cancel, retakes);
        return problems.HasErrors ? null : batch;
    }

    /// <summary>The manifest, or null and what is wrong with it.</summary>
    public static Manifest? Read(BatchRequest request, DiagnosticBag problems) =>
        ManifestReader.Read(request.Path, request.Root, problems);

    /// <summary>The run of a batch: its folder, and how that folder is called when talking to the user.</summary>
    public static RunPlace PlaceOf(BatchRequest request, string name)
    {
        var beside = Path.GetDirectoryName(request.Path) ?? "";
        var run = request.IsSimulated ? name + ".simulated" : name;
        var shown = request.Output ?? Path.Combine(beside, "out", run);
        var folder = new RunFolder(Path.GetFullPath(shown));

        // What `-o` names is the user's own word. A saved plan's folder is not: anybody may have written the plan.
        return new RunPlace(
            request.Output is null || request.Saved is not null ? folder with { Named = Path.GetFullPath(Path.Combine(beside, ".")) } : folder,
            SafeText.Line(shown))
        {
            Review = ReviewBeside(beside, run),
        };
    }

    /// <summary>The run in a folder. Where its manifest is, and so its review file, is known if the folder has its usual place.</summary>
    public static RunPlace PlaceOf(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var above = Path.GetDirectoryName(full) ?? "";
        var beside = Path.GetFileName(above) == "out" ? Path.GetDirectoryName(above) : null;
        return new RunPlace(new RunFolder(full), SafeText.Line(Path.TrimEndingDirectorySeparator(folder)))
        {
            Review = beside is null ? null : ReviewBeside(Path.GetRelativePath(Directory.GetCurrentDirectory(), beside), Path.GetFileName(full)),
        };
    }

    static ReviewFile ReviewBeside(string folder, string run)
    {
        var shown = Path.Combine(folder is "." ? "" : folder, run + ".review.csv");
        return new ReviewFile(Path.GetFullPath(shown), shown);
    }
}

/// <summary>Where a run is.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Shown">Its name as the user would type it, safe to print.</param>
sealed record RunPlace(RunFolder Folder, string Shown)
{
    /// <summary>results.csv as the user would type it.</summary>
    public string Results => Path.Combine(Shown, "results.csv");

    /// <summary>The file beside the manifest that keeps what was said of its takes; null: nobody knows where the manifest is.</summary>
    public ReviewFile? Review { get; init; }

    /// <summary>The same manifest was run with `--simulate`, in the folder beside.</summary>
    public bool HasSimulated => File.Exists(new RunFolder(Folder.Root + ".simulated").Journal);
}
