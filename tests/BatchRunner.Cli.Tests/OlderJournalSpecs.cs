using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests;

/// <summary>A journal that knows less than the folder it lies in: whatever the folder remembers is not paid for again.</summary>
public sealed class OlderJournalSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    RunFolder Folder => new(typed.Folder["out/ads"]);

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task On_a_machine_that_never_saw_the_folder_results_csv_remembers_what_a_cut_journal_forgot()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        var lines = await File.ReadAllLinesAsync(Folder.Journal, Cancel);
        var cut = Array.FindIndex(lines, line => line.Contains("\"t\":\"intent\",\"j\":2", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Folder.Journal, string.Join('\n', lines[..cut]) + "\n", Cancel);
        Directory.Delete(typed.Folder["home"], recursive: true);

        Assert.Equal(11, await typed.Pay("", "--yes"));

        Assert.Contains("BR0814", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("of `calm-m02`", typed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("submitted", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(cut, (await File.ReadAllLinesAsync(Folder.Journal, Cancel)).Length);
    }

    [Fact]
    public async Task Without_results_csv_the_clips_themselves_do()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        var lines = await File.ReadAllLinesAsync(Folder.Journal, Cancel);
        await File.WriteAllTextAsync(Folder.Journal, lines[0] + "\n", Cancel);
        File.Delete(Path.Combine(Folder.Root, "results.csv"));
        Directory.Delete(typed.Folder["home"], recursive: true);

        Assert.Equal(11, await typed.Pay("", "--yes"));

        Assert.Contains("BR0815", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("and 2 more are there", typed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("submitted", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_same_machine_it_is_known_how_far_the_journal_went()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--limit", "1"));
        var older = await File.ReadAllBytesAsync(Folder.Journal, Cancel);
        Assert.Equal(0, await typed.Pay("", "--yes"));
        await File.WriteAllBytesAsync(Folder.Journal, older, Cancel);

        Assert.Equal(11, await typed.Pay("", "--yes"));

        Assert.Contains("BR0812", typed.Errors, StringComparison.Ordinal);

        // Whoever is asked for money first would be asked for nothing, and whoever only looks is told what a run would say.
        typed.Answer = "y";
        Assert.Equal(11, await typed.Pay(""));
        Assert.DoesNotContain("[y/N]", typed.Errors, StringComparison.Ordinal);
        typed.Answer = null;
        string[][] looks = [["status", "batch.yaml"], ["status", "out/ads"], ["plan", "batch.yaml"], ["plan", "out/ads"]];
        foreach (var look in looks)
        {
            Assert.Contains(await typed.Run(look), new[] { 0, 7 });
            Assert.Contains("BR0812: warning: `", typed.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_task_of_an_unknown_job_in_results_csv_is_no_sign_of_an_older_journal()
    {
        Assert.Equal(7, await typed.Pay("post:fin-after=#2", "--yes", "--new", "--limit", "2"));
        var results = Path.Combine(Folder.Root, "results.csv");
        var text = await File.ReadAllTextAsync(results, Cancel);
        var row = text.Split('\n').Single(line => line.StartsWith("calm-m02,", StringComparison.Ordinal));
        var cells = row.Split(',');
        cells[Array.IndexOf(text.Split('\n')[0].Split(','), "task_id")] = "11111111-1111-4111-8111-111111111111";
        await File.WriteAllTextAsync(results, text.Replace(row, string.Join(',', cells), StringComparison.Ordinal), Cancel);

        Assert.Equal(7, await typed.Pay("", "--yes"));

        Assert.DoesNotContain("BR0814", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_new_a_folder_that_another_run_has_just_begun_is_9_and_not_2()
    {
        var address = "127.0.0.1";
        var held = (OpenAnswer.Opened)await Journal.Open(
            Folder, new JournalTerms("ads", address, "0", typed.Folder["home"]), new FakeDisk(), TimeProvider.System);
        await using (held.Store)
        {
            Assert.Equal(9, await typed.Pay("", "--yes", "--new"));
        }

        Assert.Contains($"process {Environment.ProcessId} on", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await typed.Pay("", "--yes", "--new"));
    }
}
