using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Runs;

/// <summary>Finds the folder of a run by its manifest, by a saved plan, or by itself.</summary>
static class RunPlaces
{
    /// <summary>The folder, or null after saying what is wrong with the manifest.</summary>
    public static RunPlace? Find(BatchRequest request, Voice voice)
    {
        if (Directory.Exists(request.Path) && File.Exists(new RunFolder(Path.GetFullPath(request.Path)).Journal))
        {
            return new RunPlace(new RunFolder(Path.GetFullPath(request.Path)), SafeText.Line(request.Path.TrimEnd('/')));
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
}
