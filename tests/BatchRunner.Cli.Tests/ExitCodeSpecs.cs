using System.Runtime.InteropServices;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Tests;

public sealed class ExitCodeSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task All_done_is_0_and_repeating_it_too()
    {
        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate", "--time-scale", "200"));
        Assert.Equal("out/ads.simulated/results.csv\n", typed.Output);
        Assert.Contains("3 of 3 jobs done", typed.Errors, StringComparison.Ordinal);

        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate"));
        Assert.DoesNotContain("submitted", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await typed.Run("status", "batch.yaml", "--simulate"));
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--simulate", "--detailed-exitcode"));
        Assert.Contains("\n\nnothing to pay: this plan submits no job\n\n", typed.Output, StringComparison.Ordinal);
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--simulate", "--markdown"));
        Assert.Contains("1 template x 3 message rows, 3 jobs\n\nnothing to pay: this plan submits no job\n\n", typed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_manual_and_README_say_the_same_of_every_code()
    {
        var readme = await File.ReadAllTextAsync(BatchRunner.TestKit.CaseFile.PathOf("README.md"), TestContext.Current.CancellationToken);
        var table = readme[readme.IndexOf("## Exit codes", StringComparison.Ordinal)..];

        Assert.Equal(
            ExitCode.All.Select(code => $"| {code.Code} | {code.Meaning} |"),
            table.Split('\n').Where(line => line.StartsWith('|')).Skip(2).Take(ExitCode.All.Count));
        Assert.Equal(0, await typed.Run("--help"));
        Assert.Contains(ExitCode.Several, readme, StringComparison.Ordinal);
        Assert.Contains(ExitCode.Several, typed.Output, StringComparison.Ordinal);
        var words = string.Join(' ', typed.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(ExitCode.All, code => Assert.Contains($"{code.Code} {code.Meaning}", words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_failed_is_3_and_is_sent_again_only_when_asked()
    {
        Assert.Equal(3, await typed.Pay("task:failed:SAFETY.INPUT.TEXT=#2", "--yes", "--new"));
        Assert.Contains("failed   calm-m02: SAFETY.INPUT.TEXT", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("--only failed", typed.Errors, StringComparison.Ordinal);

        Assert.Equal(3, await typed.Run("status", "batch.yaml", "--only", "failed"));
        Assert.Equal(4, await typed.Run("status", "batch.yaml", "--only", "unknown"));
    }

    [Fact]
    public async Task A_cap_that_is_reached_is_5_and_nothing_above_it_is_spent()
    {
        Assert.Equal(5, await typed.Pay("", "--yes", "--new", "--max-credits", "50"));

        Assert.Contains("2 of 3 jobs done", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("48 credits ($0.48) spent", typed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account:revoke=0")]
    [InlineData("account:credits=30")]
    [InlineData("account:dailycap=1")]
    public async Task The_account_is_6(string fault) =>
        Assert.True(await typed.Pay(fault, "--yes", "--new") == 6, typed.Errors);

    [Fact]
    public async Task A_job_whose_answer_was_lost_is_7_and_is_never_sent_again_by_itself()
    {
        Assert.Equal(7, await typed.Pay("post:fin-after=#2", "--yes", "--new"));
        Assert.Contains("unknown  calm-m02:", typed.Errors, StringComparison.Ordinal);

        Assert.Equal(7, await typed.Pay("", "--only", "unknown"));
        Assert.DoesNotContain("submitted", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_another_run_holds_is_9()
    {
        var folder = new RunFolder(typed.Folder["out/ads.simulated"]);
        var held = (OpenAnswer.Opened)await Journal.Open(
            folder, new JournalTerms("ads", "simulator", "0", typed.Folder["home"]), new LocalDisk(), TimeProvider.System);
        await using (held.Store)
        {
            Assert.Equal(9, await typed.Run("run", "batch.yaml", "--simulate"));
        }
    }

    [Fact]
    public async Task Media_without_a_journal_is_11()
    {
        typed.Folder.Write("out/ads.simulated/calm-m01.mp4", "mine");

        Assert.Equal(11, await typed.Run("run", "batch.yaml", "--simulate"));

        Assert.Equal("mine", await File.ReadAllTextAsync(
            typed.Folder["out/ads.simulated/calm-m01.mp4"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_of_simulated_clips_is_never_paid_into()
    {
        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate", "--time-scale", "200", "-o", "here"));

        Assert.Equal(2, await typed.Pay("", "-o", "here", "--yes"));
        Assert.Contains("`simulator`", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_is_refused_where_a_journal_is()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--limit", "1"));

        Assert.Equal(2, await typed.Pay("", "--yes", "--new"));
        Assert.Contains("BR0914", typed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task Interrupted_is_130_or_143_and_the_next_run_goes_on(PosixSignal signal, int exit)
    {
        typed.When = ("submitted", interrupts => interrupts.Signal(signal));

        Assert.Equal(exit, await typed.Run("run", "batch.yaml", "--simulate"));

        Assert.Contains("stopping:", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("goes on where this stopped", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(7, await typed.Run("status", "batch.yaml", "--simulate"));
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("explain")]
    public async Task One_interrupt_ends_what_only_reads(string command)
    {
        typed.Signal = PosixSignal.SIGINT;

        Assert.Equal(130, await typed.Run([command, "batch.yaml", .. command == "explain" ? ["calm-m01"] : Array.Empty<string>()]));
        Assert.Equal("", typed.Output);
    }

    [Fact]
    public async Task In_JSON_every_line_is_an_object_and_no_talk_is_heard()
    {
        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate", "--time-scale", "200", "--json"));

        Assert.Empty(typed.Errors);
        var lines = typed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
        Assert.Single(lines, line => line.GetProperty("type").GetString() == "started");
        Assert.Equal(3, lines.Count(line => line.TryGetProperty("news", out var news) && news.GetString() == "done"));
        Assert.Equal("ended", lines[^1].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_key_reaches_neither_a_stream_nor_a_file()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));

        Assert.DoesNotContain("canary", typed.Output + typed.Errors, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(typed.Folder["out"], "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".mp4", StringComparison.Ordinal)),
            file => Assert.DoesNotContain("canary", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
