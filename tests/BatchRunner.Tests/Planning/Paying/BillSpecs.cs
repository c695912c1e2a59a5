using System.Globalization;
using BatchRunner.Journaling;
using BatchRunner.TestKit;
using BatchRunner.Tests.Architecture;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>What `plan` says is what the server's ledger says afterwards, to the credit.</summary>
public sealed class BillSpecs
{
    const int UsualCount = 500;

    static int Count => int.TryParse(
        Environment.GetEnvironmentVariable("BATCHRUNNER_MANIFESTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count
        : UsualCount;

    [Theory]
    [InlineData("product-ab", 1000)]
    [InlineData("explainer-chunks", 325)]
    [InlineData("documentary-broll", 1368)]
    public async Task An_example_is_billed_what_its_plan_says(string name, int credits)
    {
        await using var till = await Till.Open();
        using var folder = new TempFolder();

        var bill = await till.Run(Path.Combine(Repository.Root, "examples", name, "batch.yaml"), new RunFolder(folder["out"]));

        Assert.Equal((credits, 0m, 0), (bill.Charged, bill.Refunded, bill.Outcome.ExitCode));
        Assert.Equal((bill.Charged, bill.Tasks), (bill.Plan.Credits, bill.Plan.SubmitCount));
    }

    [Fact]
    public async Task Any_manifest_is_billed_what_its_plan_says_and_once()
    {
        await using var tills = await Tills.Open();

        await Draws.Check(Count, 60, () =>
        {
            var till = tills.Next();
            return async draws =>
            {
                using var folder = new TempFolder();
                var manifest = RandomManifest.Write(folder, draws);
                try
                {
                    await Billed(till, manifest, new RunFolder(folder["out"]));
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"{error.Message}\n{await File.ReadAllTextAsync(manifest)}", error);
                }
            };
        });
    }

    static async Task Billed(Till till, string manifest, RunFolder run)
    {
        var bill = await till.Run(manifest, run);

        Assert.True(bill.Outcome.ExitCode == 0, $"exit {bill.Outcome.ExitCode} {string.Join(", ", bill.Outcome.Stops)}");
        Assert.Equal(0, bill.Plan.UnpricedCount);
        Assert.Equal((bill.Plan.Credits, bill.Plan.SubmitCount), (bill.Charged, bill.Tasks));

        // Only what is charged as the longest until its length is known gives something back.
        var isOpen = bill.Plan.Jobs.Any(job => job.Spec.Request.Contains("\"auto\"", StringComparison.Ordinal));
        Assert.True(bill.Refunded == 0 || isOpen, $"{bill.Refunded} credits came back");
        Assert.Equal((bill.Charged - bill.Refunded, 0m), (bill.Outcome.Summary.Spent, bill.Outcome.Summary.Reserved));

        var again = Till.Plan(manifest, run);
        Assert.Equal((0m, 0, false), (again.Credits, again.SubmitCount, again.HasWork));
    }
}
