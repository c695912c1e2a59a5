using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Runs;

/// <summary>Commands about the same run, as its user would type them.</summary>
static class RunWords
{
    /// <summary>What all runs in the folder may cost: the lower of the manifest's cap and the command line's; null: none.</summary>
    public static decimal? Cap(RunRequest request, Manifests.Limits limits) =>
        new[] { limits.MaxCredits, request.MaxCredits }.Where(each => each is not null).DefaultIfEmpty().Min();

    /// <summary>Such as `batchrunner run batch.yaml --simulate`.</summary>
    public static string Continue(BatchRequest request) => $"batchrunner run {SafeText.Line(request.Path)}"
        + (request.IsSimulated && !Directory.Exists(request.Path) ? " --simulate" : "")
        + (request.Output is { } output ? $" -o {SafeText.Line(output)}" : "");
}
