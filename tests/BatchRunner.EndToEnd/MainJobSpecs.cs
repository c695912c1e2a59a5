using System.Globalization;
using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

public sealed class MainJobSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_first_command_of_the_README_leaves_forty_clips_and_repeating_it_submits_nothing()
    {
        var folder = Repository.CopyExample("product-ab", temp.FullPath);
        var run = Path.Combine(folder, "out", "product-ab.simulated");

        var first = await Command.Run(folder, null, "run", "batch.yaml", "--simulate");

        Assert.True(first.Exit == 0, first.ToString());
        var rows = ResultsSheet.Read(Path.Combine(run, "results.csv"));
        Assert.Equal(40, rows.Count);
        Assert.All(rows, row => Assert.Equal("done", row["status"]));
        Assert.Equal(40, rows.Select(row => row["sha256"]).Distinct().Count());
        Assert.Equal(40, rows.Select(row => row["task_id"]).Distinct().Count());
        foreach (var row in rows)
        {
            var size = row["ratio"].Split(':');
            var clip = await Probe.Of(Path.Combine(run, row["file"]));
            Assert.Equal(int.Parse(size[0], CultureInfo.InvariantCulture), clip.Width);
            Assert.Equal(int.Parse(size[1], CultureInfo.InvariantCulture), clip.Height);
            Assert.Equal(double.Parse(row["duration"], CultureInfo.InvariantCulture), clip.Seconds, tolerance: 0.05);
        }

        var ledger = await File.ReadAllLinesAsync(
            Path.Combine(run, ".batchrunner", "simulator.jsonl"), TestContext.Current.CancellationToken);
        var results = await File.ReadAllBytesAsync(Path.Combine(run, "results.csv"), TestContext.Current.CancellationToken);

        var second = await Command.Run(folder, null, "run", "batch.yaml", "--simulate");

        Assert.True(second.Exit == 0, second.ToString());
        Assert.Equal(ledger, await File.ReadAllLinesAsync(
            Path.Combine(run, ".batchrunner", "simulator.jsonl"), TestContext.Current.CancellationToken));
        Assert.Equal(results, await File.ReadAllBytesAsync(
            Path.Combine(run, "results.csv"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("explainer-chunks", 12)]
    [InlineData("documentary-broll", null)]
    public async Task Every_example_runs_to_its_end(string example, int? jobs)
    {
        var folder = Repository.CopyExample(example, temp.FullPath);

        var ended = await Command.Run(folder, null, "run", "batch.yaml", "--simulate");

        Assert.True(ended.Exit == 0, ended.ToString());
        var rows = ResultsSheet.Read(Path.Combine(folder, "out", example + ".simulated", "results.csv"));
        Assert.NotEmpty(rows);
        Assert.Equal(jobs ?? rows.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal("done", row["status"]));
    }

    [Fact]
    public async Task Any_server_that_speaks_the_API_will_do()
    {
        var folder = Repository.CopyExample("explainer-chunks", temp.FullPath);
        using var server = Command.Start(temp.FullPath, null, "simulate", "--port", "0", "--time-scale", "100");
        var line = await server.Says("http://127.0.0.1:");
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ', '/')[2];
        var environment = new Dictionary<string, string> { ["RUNWAYML_API_SECRET"] = "key_for_this_test" };

        var ended = await Command.Run(
            folder, environment, "run", "batch.yaml", "--base-url", $"http://{address}", "--yes", "--new");

        Assert.True(ended.Exit == 0, ended.ToString());
        var rows = ResultsSheet.Read(Path.Combine(folder, "out", "explainer-chunks", "results.csv"));
        Assert.All(rows, row => Assert.Equal("done", row["status"]));
    }

    [Fact]
    public async Task Without_a_key_and_without_simulate_run_names_both_ways_out_and_writes_nothing()
    {
        var folder = Repository.CopyExample("product-ab", temp.FullPath);

        var ended = await Command.Run(folder, null, "run", "batch.yaml", "--yes", "--new");

        Assert.Equal(2, ended.Exit);
        Assert.Contains("RUNWAYML_API_SECRET", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("--simulate", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }
}
