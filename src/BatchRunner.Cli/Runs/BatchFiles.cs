using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Manifests;

namespace BatchRunner.Cli.Runs;

/// <summary>The way from what was typed to a manifest and its folder. Reads; sends and writes nothing.</summary>
static class BatchFiles
{
    /// <summary>The manifest's jobs by itself, whatever became of them; or null and every mistake.</summary>
    public static ExpandedBatch? Expand(BatchRequest request, DiagnosticBag problems, CancellationToken cancel)
    {
        if (CatalogueFile.Load(request.Models, problems) is not { } catalogue || Read(request, problems) is not { } manifest)
        {
            return null;
        }

        var batch = Expander.Expand(manifest, catalogue, problems, cancel);
        return problems.HasErrors ? null : batch;
    }

    /// <summary>The manifest, or null and what is wrong with it.</summary>
    public static Manifest? Read(BatchRequest request, DiagnosticBag problems) =>
        ManifestReader.Read(request.Path, request.Root, problems);

    /// <summary>The run of a batch: its folder, and how that folder is called when talking to the user.</summary>
    public static RunPlace PlaceOf(BatchRequest request, string name)
    {
        var beside = Path.GetDirectoryName(request.Path) ?? "";
        var shown = request.Output ?? Path.Combine(beside, "out", request.IsSimulated ? name + ".simulated" : name);
        var folder = new RunFolder(Path.GetFullPath(shown));

        // What `-o` names is the user's own word. A saved plan's folder is not: anybody may have written the plan.
        return new RunPlace(
            request.Output is null || request.Saved is not null ? folder with { Named = Path.GetFullPath(Path.Combine(beside, ".")) } : folder,
            SafeText.Line(shown));
    }
}

/// <summary>Where a run is.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Shown">Its name as the user would type it, safe to print.</param>
sealed record RunPlace(RunFolder Folder, string Shown)
{
    /// <summary>results.csv as the user would type it.</summary>
    public string Results => Path.Combine(Shown, "results.csv");

    /// <summary>The same manifest was run with `--simulate`, in the folder beside.</summary>
    public bool HasSimulated => File.Exists(new RunFolder(Folder.Root + ".simulated").Journal);
}
