using System.CommandLine;

namespace BatchRunner.Cli.CommandLines;

/// <summary>How a command that submits nothing reaches tasks.</summary>
/// <param name="BaseUrl">Another server than Runway, or null.</param>
/// <param name="TimeScale">How many times faster simulated time runs.</param>
sealed record ReachRequest(string? BaseUrl, decimal TimeScale);

/// <summary>The options of a <see cref="ReachRequest"/>.</summary>
sealed class ReachOptions
{
    readonly Option<string?> baseUrl = Options.Text("--base-url", "URL", "another server that speaks the API (also RUNWAYML_BASE_URL)");
    readonly Option<decimal?> scale = Options.Number(
        "--time-scale", "of a simulated run: how many times faster than real time (50)", 0.1m, 10_000);

    public void AddTo(Command command)
    {
        command.Options.Add(baseUrl);
        command.Options.Add(scale);
    }

    /// <summary>What was typed.</summary>
    public ReachRequest Of(ParseResult parsed) => new(parsed.GetValue(baseUrl), parsed.GetValue(scale) ?? RunOptionSet.UsualScale);
}
