using System.Text.Json;
using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

public sealed class ExampleSpecs
{
    [Theory]
    [InlineData("product-ab", 40, 1000)]
    [InlineData("explainer-chunks", 12, 325)]
    [InlineData("documentary-broll", 20, 1368)]
    public async Task Every_example_is_valid_and_costs_what_its_README_says(string name, int jobs, int credits)
    {
        var manifest = Path.Combine(Root(), "examples", name, "batch.yaml");

        var lines = await Plan(manifest);

        var plan = lines[^1];
        Assert.Equal(jobs, plan.GetProperty("jobs").GetInt32());
        Assert.Equal(jobs, lines.Count(line => line.GetProperty("type").GetString() == "job"));
        Assert.Equal(credits, plan.GetProperty("credits").GetInt32());
        Assert.StartsWith(
            "# yaml-language-server: $schema=../../schemas/manifest.schema.json\n",
            await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    static async Task<List<JsonElement>> Plan(string manifest)
    {
        using var interrupts = new Interrupts();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.Run(
            ["plan", manifest, "--json", "-o", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))],
            new Surroundings
            {
                Output = output, Error = error, Variable = _ => null, Time = new ManualClock(), Interrupts = interrupts,
            });
        Assert.True(exit == 0, output.ToString() + error);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BatchRunner.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the repository is not above the tests");
        }

        return folder;
    }
}
