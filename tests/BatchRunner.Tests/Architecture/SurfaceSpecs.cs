namespace BatchRunner.Tests.Architecture;

public class SurfaceSpecs
{
    /// <summary>Public is a promise: each of these is used from outside, and a change to the list is made on purpose.</summary>
    static readonly string[] Promised =
    [
        "BatchRunner.Batch",
        "BatchRunner.BatchOutcome",
        "BatchRunner.BatchPlan",
        "BatchRunner.BatchSettings",
        "BatchRunner.Diagnostics.Diagnostic",
        "BatchRunner.Diagnostics.Severity",
        "BatchRunner.Diagnostics.SourceFile",
        "BatchRunner.Diagnostics.SourcePlace",
    ];

    [Fact]
    public void The_public_surface_is_what_was_promised() => Assert.Equal(
        string.Join('\n', Promised),
        string.Join('\n', typeof(Diagnostics.Diagnostic).Assembly.GetExportedTypes().Select(type => type.FullName).Order(StringComparer.Ordinal)));
}
