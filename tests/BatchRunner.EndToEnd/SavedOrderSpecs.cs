using System.Diagnostics;
using System.Text.RegularExpressions;
using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

/// <summary>What the system is asked for, in which order: only that decides what is there after the power was lost.</summary>
public sealed partial class SavedOrderSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_file_is_synced_named_and_its_folder_synced_before_the_journal_says_so()
    {
        var calls = await CallsOfARun();

        var renames = calls.Where(call => call.Name.StartsWith("rename", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, renames.Count(rename => rename.Text.Contains(".mp4.part", StringComparison.Ordinal)));
        Assert.Contains(renames, rename => rename.Text.Contains("results.csv.part", StringComparison.Ordinal));
        Assert.All(renames, rename =>
        {
            // A file is put in its place by one thread.
            var own = calls.Where(call => call.Thread == rename.Thread && call.Name != "write").ToList();
            var at = own.IndexOf(rename);
            var part = Path.GetFileName(PartName().Match(rename.Text).Groups["path"].Value);
            Assert.Matches($@"^fsync\(\d+<.*/{Regex.Escape(part)}>", own[at - 1].Text);
            var synced = FsyncOf().Match(own[at + 1].Text).Groups["path"].Value;
            Assert.True(Directory.Exists(synced), $"after {rename.Text}: {own[at + 1].Text}");
            Assert.True(File.Exists(Path.Combine(synced, part[..^".part".Length])), own[at + 1].Text);
        });

        var saved = calls.Where(call => call.Text.Contains("\\\"t\\\":\\\"saved\\\"", StringComparison.Ordinal)).ToList();
        Assert.InRange(saved.Count, 1, 2);
        Assert.All(saved, record => Assert.Contains(
            calls.TakeWhile(call => call != record), call => call.Text.Contains(".mp4.part", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_record_about_money_is_synced_before_the_next_one_is_written()
    {
        var calls = await CallsOfARun();

        var journal = calls.Where(call => call.Text.Contains("/.batchrunner/journal.jsonl>", StringComparison.Ordinal)).ToList();
        foreach (var word in new[] { "intent", "submitted", "succeeded", "saved" })
        {
            var records = journal.Where(call => call.Text.Contains($"\\\"t\\\":\\\"{word}\\\"", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(records);
            Assert.All(records, record => Assert.Equal("fsync", journal[journal.IndexOf(record) + 1].Name));
        }
    }

    // The calls that began while two jobs were run, in the order they did.
    async Task<List<Call>> CallsOfARun()
    {
        Assert.SkipWhen(Tools.Find("strace") is null, "strace is not installed");
        var folder = Repository.CopyExample("explainer-chunks", temp.FullPath);
        var trace = temp["trace.txt"];
        var start = new ProcessStartInfo("strace")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])
        [
            "-f", "-y", "-s", "4000", "-e", "trace=fsync,rename,renameat,renameat2,write", "-o", trace,
            "dotnet", Repository.Program, "run", "batch.yaml", "--simulate", "--time-scale", "1000", "--limit", "2",
        ])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("strace did not start");
        process.StandardInput.Close();
        var cancel = TestContext.Current.CancellationToken;
        var talk = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromMinutes(2), cancel);
        Assert.True(process.ExitCode == 0, string.Join('\n', await talk));
        return [.. (await File.ReadAllLinesAsync(trace, cancel)).Select(line => CallOf().Match(line)).Where(match => match.Success)
            .Select(match => new Call(match.Groups["thread"].Value, match.Groups["name"].Value, match.Groups["text"].Value))];
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<text>(?<name>\w+)\(.*)$")]
    private static partial Regex CallOf();

    [GeneratedRegex("""
        "(?<path>[^"]*\.part)"
        """)]
    private static partial Regex PartName();

    [GeneratedRegex(@"^fsync\(\d+<(?<path>[^>]*)>")]
    private static partial Regex FsyncOf();

    sealed record Call(string Thread, string Name, string Text);
}
