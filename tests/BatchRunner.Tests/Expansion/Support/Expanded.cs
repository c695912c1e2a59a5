using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Manifests;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Expansion.Support;

/// <summary>What became of a manifest in a folder, also as text.</summary>
sealed partial record Expanded(ExpandedBatch? Batch, IReadOnlyList<Diagnostic> Problems)
{
    public IReadOnlyList<JobSpec> Jobs => Batch?.Jobs ?? [];

    public IEnumerable<string> Keys => Jobs.Select(job => job.Key.Hex);

    public static Expanded Of(string path)
    {
        var problems = new DiagnosticBag();
        var manifest = ManifestReader.Read(path, null, problems);
        var batch = manifest is null
            ? null
            : Expander.Expand(manifest, ModelCatalogue.BuiltIn, problems, TestContext.Current.CancellationToken);
        return new Expanded(batch, problems.InOrder());
    }

    /// <summary>Writes files (name, text, name, text, …) beside an image and expands the first.</summary>
    public static Expanded OfFiles(params ReadOnlySpan<string> files)
    {
        using var folder = new TempFolder();
        Picture.WriteTo(folder, "assets/hero.png");
        for (var i = 0; i < files.Length; i += 2)
        {
            folder.Write(files[i], files[i + 1]);
        }

        return Of(folder[files[0]]);
    }

    /// <summary>Mistakes first, then jobs, without this machine's paths; hashes cut to 8 digits.</summary>
    public string Text(string folder)
    {
        var text = new StringBuilder();
        foreach (var problem in Problems)
        {
            var severity = problem.Severity == Severity.Warning ? "warning: " : "";
            text.Append(CultureInfo.InvariantCulture, $"{problem.Place}: {problem.Code}: {severity}{problem.Message}\n");
            if (problem.Hint is { } hint)
            {
                text.Append(CultureInfo.InvariantCulture, $"  hint: {hint}\n");
            }

            foreach (var related in problem.Related)
            {
                text.Append(CultureInfo.InvariantCulture, $"  see: {related}\n");
            }
        }

        foreach (var job in Jobs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{job.Id} -> {job.Output}{job.Extension}, {job.EstimatedCredits} credits, {job.Endpoint}\n");
            text.Append(CultureInfo.InvariantCulture, $"  {job.Request}\n");
        }

        if (Batch is { LeftOut: { } left } && left is not (0, 0, 0, 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"left out: where {left.Where}, exclude {left.Exclude}, zip {left.Zip}, takes {left.Takes}\n");
        }

        return Hash.Replace(text.Replace(folder + "/", "").Replace(folder, ".").ToString(), "sha256:$1…");
    }

    [GeneratedRegex("sha256:([0-9a-f]{8})[0-9a-f]{56}")]
    static partial Regex Hash { get; }
}
