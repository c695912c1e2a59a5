using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Diagnostics;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Cli.Runs;

/// <summary>What people said of a run's takes, from the file beside its manifest.</summary>
static class Reviews
{
    /// <summary>What the file says, or null after saying why it can't be understood.</summary>
    public static Review? Of(RunPlace place, Voice voice)
    {
        var problems = new DiagnosticBag();
        var review = place.Review is { } file ? file.Read(problems) : Review.Empty;
        voice.Write(problems);
        return review;
    }

    /// <summary>The same for a page that can be made again: what can't be understood is told, and left out.</summary>
    public static Review OrNone(RunPlace place, Voice voice) => Of(place, voice) ?? Review.Empty;

    /// <summary>A selection that knows what was said, if it asks for that; null after saying why it can't be known.</summary>
    public static Selection? For(Selection selection, RunPlace place, Voice voice)
    {
        if (selection.Verdicts.Count == 0)
        {
            return selection;
        }

        if (place.Review is null)
        {
            voice.Write([UsageProblems.NoManifestOf(place.Shown)]);
            return null;
        }

        return Of(place, voice) is { } review ? selection with { Review = review } : null;
    }
}
