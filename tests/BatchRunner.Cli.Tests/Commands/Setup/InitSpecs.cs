using System.Text.Json.Nodes;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;
using BatchRunner.Manifests.Yaml;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Commands.Setup;

/// <summary>`init`: what it writes can be planned and run at once, and nothing is ever written over.</summary>
public sealed class InitSpecs : IAsyncDisposable
{
    readonly Desk desk = new() { HasNoKey = true };

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Theory]
    [InlineData("marketing", 12, 300)]
    [InlineData("education", 4, 105)]
    [InlineData("documentary", 5, 125)]
    public async Task What_it_writes_is_valid_fits_its_cap_with_room_and_runs(string trade, int jobs, int credits)
    {
        Assert.Equal(0, await desk.Run("init", trade));
        Assert.Contains($"{trade}/batch.yaml\n", desk.Output, StringComparison.Ordinal);
        Assert.EndsWith($"  try      `batchrunner run {trade}/batch.yaml --simulate`: no key, no money\n", desk.Output, StringComparison.Ordinal);
        Assert.Equal("", desk.Errors);

        var manifest = trade + "/batch.yaml";
        Assert.Equal(0, await desk.Run("validate", manifest));
        var plan = await desk.Type($"plan {manifest} --json");
        Assert.Equal(jobs, plan.Lines[^1].GetProperty("jobs").GetInt32());
        Assert.Equal(credits, plan.Lines[^1].GetProperty("credits").GetInt32());
        Assert.DoesNotContain("\"severity\"", plan.Output, StringComparison.Ordinal);
        Assert.Equal(0, await desk.Run("plan", manifest));
        // The whole story: all of it made, all of it once more in other words, and a further take.
        Assert.Matches($"`max_credits` is [0-9]+: [0-9]+ credits left after this plan", desk.Output);
        Assert.InRange(Cap(desk.Output), (2 * credits) + 35, 3 * credits);

        Assert.Equal(0, await desk.Run("run", manifest, "--simulate", "--time-scale", "200"));
        Assert.Contains($"{jobs} of {jobs} jobs done", desk.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("marketing")]
    [InlineData("education")]
    [InlineData("documentary")]
    public async Task The_editor_is_told_of_the_schema_beside_it_and_takes_the_manifest(string trade)
    {
        Assert.Equal(0, await desk.Run("init", trade, "here"));
        var path = desk.Folder["here/batch.yaml"];
        Assert.StartsWith("# yaml-language-server: $schema=manifest.schema.json\n", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var problems = new DiagnosticBag();
        var source = SourceText.Read(new SourceFile(path, path), await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), problems);
        var root = YamlReader.Read(Assert.IsType<SourceText>(source), problems);
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(desk.Folder["here/manifest.schema.json"], TestContext.Current.CancellationToken));

        Assert.True(new SchemaCheck(Assert.IsType<JsonObject>(schema)).Accepts(SchemaCheck.Json(Assert.IsType<Manifests.Node>(root, exactMatch: false))));
    }

    [Fact]
    public async Task Nothing_is_written_over_and_then_nothing_is_written_at_all()
    {
        desk.Folder.Write("marketing/data/messages.csv", "mine");

        Assert.Equal(2, await desk.Run("init", "marketing"));

        Assert.Contains("BR0975: `marketing/data/messages.csv` would be written over; nothing was written", desk.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(desk.Folder["marketing/data/messages.csv"], TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFiles(desk.Folder["marketing"], "*", SearchOption.AllDirectories));
        Assert.Equal(0, await desk.Run("init", "marketing", "elsewhere"));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_it_says_so()
    {
        Assert.Equal(11, await desk.Run("init", "education", "batch.yaml"));
        Assert.Contains("BR0977", desk.Errors, StringComparison.Ordinal);
    }

    static int Cap(string plan) => int.Parse(
        System.Text.RegularExpressions.Regex.Match(plan, "`max_credits` is ([0-9]+)").Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
}
