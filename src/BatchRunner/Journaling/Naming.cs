using BatchRunner.Expansion;

namespace BatchRunner.Journaling;

/// <summary>Whether a job is still called, placed and priced as the journal has it. What it pays for is its key's matter.</summary>
static class Naming
{
    public static bool IsSame(JobSpec a, JobSpec b) =>
        a.Id == b.Id
        && a.Output == b.Output
        && a.Template == b.Template
        && a.EstimatedCredits == b.EstimatedCredits
        && a.Prompt == b.Prompt
        && a.Extension == b.Extension
        && a.SharesWith == b.SharesWith
        && a.Rows.Count == b.Rows.Count
        && a.Rows.Zip(b.Rows).All(pair => IsSame(pair.First, pair.Second));

    static bool IsSame(AxisRow a, AxisRow b) =>
        ReferenceEquals(a, b)
        || (a.Axis == b.Axis && a.Label == b.Label && a.Columns.SequenceEqual(b.Columns) && a.Values.SequenceEqual(b.Values));
}
