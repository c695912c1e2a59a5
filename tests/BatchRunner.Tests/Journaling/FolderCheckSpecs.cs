using System.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Journaling;

public sealed class FolderCheckSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    RunFolder Folder => new(temp["batch/out/made"]) { Named = temp["batch"] };

    [Theory]
    [InlineData("journal.jsonl")]
    [InlineData("lock")]
    [InlineData("log.jsonl")]
    [InlineData("log_001.jsonl")]
    [InlineData("simulator.jsonl")]
    public async Task A_link_in_the_place_of_a_file_of_ours_is_not_followed(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var victim = temp.Write("victim", "theirs");
        Directory.CreateDirectory(Folder.Hidden);
        File.CreateSymbolicLink(Path.Combine(Folder.Hidden, name), victim);

        await AssertRefused("BR0816", name);

        Assert.Equal("theirs", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("journal.jsonl")]
    [InlineData("lock")]
    [InlineData("log.jsonl")]
    public async Task A_pipe_or_a_folder_in_the_place_of_a_file_of_ours_is_not_opened(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told apart by statx");
        Directory.CreateDirectory(Folder.Hidden);
        var path = Path.Combine(Folder.Hidden, name);
        using (var make = Process.Start("mkfifo", [path]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await AssertRefused("BR0816", name);
        File.Delete(path);
        Directory.CreateDirectory(path);
        await AssertRefused("BR0816", name);
    }

    [Fact]
    public async Task A_journal_that_leads_to_a_device_is_not_read()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no such device");
        Directory.CreateDirectory(Folder.Hidden);
        File.CreateSymbolicLink(Folder.Journal, "/dev/zero");

        await AssertRefused("BR0816", "journal.jsonl");
    }

    [Theory]
    [InlineData("batch/out")]
    [InlineData("batch/out/made")]
    public async Task A_folder_on_the_way_that_is_a_link_is_not_entered(string link)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(temp["elsewhere"]);
        Directory.CreateDirectory(Path.GetDirectoryName(temp[link]) ?? "");
        Directory.CreateSymbolicLink(temp[link], temp["elsewhere"]);

        await AssertRefused("BR0817", Path.GetFileName(link));

        Assert.Empty(Directory.GetFileSystemEntries(temp["elsewhere"]));
    }

    [Fact]
    public async Task The_hidden_folder_may_not_be_a_link_either()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(temp["elsewhere"]);
        Directory.CreateDirectory(Folder.Root);
        Directory.CreateSymbolicLink(Folder.Hidden, temp["elsewhere"]);

        await AssertRefused("BR0816", ".batchrunner");
    }

    [Fact]
    public async Task A_link_that_the_user_named_or_that_lies_above_is_the_user_s_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(temp["elsewhere"]);
        Directory.CreateSymbolicLink(temp["batch"], temp["elsewhere"]);

        await (await Opened(Folder)).DisposeAsync();
        Directory.CreateDirectory(temp["big disk"]);
        Directory.CreateSymbolicLink(temp["named"], temp["big disk"]);
        await (await Opened(new RunFolder(temp["named"]))).DisposeAsync();
    }

    async Task<JournalStore> Opened(RunFolder folder) =>
        Assert.IsType<OpenAnswer.Opened>(await Journal.Open(folder, Terms, new FakeDisk(), new ManualClock())).Store;

    JournalTerms Terms => new("made", "api.example", "0.1.0", temp["outside"]);

    async Task AssertRefused(string code, string name)
    {
        var opened = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder, Terms, new FakeDisk(), new ManualClock()));
        var read = Assert.IsType<ReadAnswer.Refused>(Journal.Read(Folder));

        Assert.Equal((FolderTrouble.Damaged, code), (opened.Trouble, opened.Problem.Code));
        Assert.Equal((FolderTrouble.Damaged, code), (read.Trouble, read.Problem.Code));
        Assert.Contains($"{name}`", opened.Problem.Message, StringComparison.Ordinal);
    }
}
