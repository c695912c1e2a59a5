using System.Globalization;
using BatchRunner.TestKit.Fuzzing;

namespace BatchRunner.Tests.Expansion;

public sealed class MutationSpecs
{
    [Fact]
    public void Any_spoilt_sheet_ends_as_a_plan_or_as_problems_with_places()
    {
        // BATCHRUNNER_FUZZ=200000 expands as many.
        var count = int.TryParse(Environment.GetEnvironmentVariable("BATCHRUNNER_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 2_000;

        var result = ExpansionFuzz.Run(1, count);

        Assert.True(result.Failures.Count == 0, string.Join("\n\n", result.Failures));
        Assert.InRange(result.Read, count / 20, count);
        Assert.InRange(result.MostBytes, 0, 512L * 1024 * 1024);
        TestContext.Current.SendDiagnosticMessage($"{result.Read} planned, {result.Refused} refused, slowest {result.Slowest}, most {result.MostBytes} bytes");
    }
}
