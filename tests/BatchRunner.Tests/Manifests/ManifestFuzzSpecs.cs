using System.Globalization;
using BatchRunner.TestKit.Fuzzing;

namespace BatchRunner.Tests.Manifests;

public sealed class ManifestFuzzSpecs
{
    [Fact]
    public void Any_spoilt_manifest_ends_as_a_manifest_or_as_problems_with_places()
    {
        // BATCHRUNNER_FUZZ=200000 reads as many, BATCHRUNNER_FUZZ_SEED=7 others.
        var count = Number("BATCHRUNNER_FUZZ") ?? 3_000;

        var result = ManifestFuzz.Run(Number("BATCHRUNNER_FUZZ_SEED") ?? 1, count);

        Assert.True(result.Failures.Count == 0, string.Join("\n\n", result.Failures));
        Assert.InRange(result.Read, count / 20, count);
        Assert.InRange(result.Slowest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(result.MostBytes, 0, 512L * 1024 * 1024);
        TestContext.Current.SendDiagnosticMessage(
            $"{result.Read} read, {result.Refused} refused, slowest {result.Slowest}, most {result.MostBytes} bytes");
    }

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
