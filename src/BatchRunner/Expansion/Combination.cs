using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>One arm with one row of each axis.</summary>
sealed record Combination(Arm? Arm, IReadOnlyList<SourceRow> Rows)
{
    /// <summary>What its axes' values are called, `template` first.</summary>
    public IEnumerable<string> Labels => Rows.Select(row => row.Label).Prepend(Arm?.Name).OfType<string>();

    /// <summary>Where to point: the first row with a line of its own in a sheet, else the first row, else the arm.</summary>
    public SourcePlace? Place =>
        Rows.FirstOrDefault(row => row.IsOnLine)?.Place ?? (Rows.Count > 0 ? Rows[0].Place : default(SourcePlace?)) ?? Arm?.NamePlace;
}
