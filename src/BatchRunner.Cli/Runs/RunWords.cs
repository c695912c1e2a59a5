using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Runs;

/// <summary>Commands about the same run, as its user would type them.</summary>
static class RunWords
{
    /// <summary>Such as `batchrunner run batch.yaml --simulate`.</summary>
    public static string Continue(BatchRequest request) => $"batchrunner run {SafeText.Line(request.Path)}"
        + (request.IsSimulated && !Directory.Exists(request.Path) ? " --simulate" : "")
        + (request.Output is { } output ? $" -o {SafeText.Line(output)}" : "");
}
