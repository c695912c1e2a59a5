using System.Globalization;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>What there is to do about a cap that keeps jobs from being submitted: how high it must be, and where it is written.</summary>
static class CapWords
{
    /// <param name="cap">What all runs in the folder may cost.</param>
    /// <param name="used">What they have cost or reserved.</param>
    /// <param name="jobs">How many are left.</param>
    /// <param name="credits">The most they may cost.</param>
    /// <param name="place">Where the manifest says so; null: nobody knows.</param>
    /// <param name="isTyped">The command line says so.</param>
    public static string Of(decimal cap, decimal used, int jobs, decimal credits, SourcePlace? place, bool isTyped)
    {
        var enough = (used + credits).ToString("0.##", CultureInfo.InvariantCulture);
        return $"the cap of {Figures.Credits(cap)} is for all runs in this folder: "
            + $"{Figures.Count(jobs, "job")} more may cost {Figures.Credits(credits)}; "
            + (isTyped ? $"give `--max-credits {enough}` or more to go on"
                : $"raise `limits.max_credits` to at least {enough} to go on" + (place is { } at ? $" ({SafeText.Line(at.ToString())})" : ""));
    }
}
