using System.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Journaling;

public sealed class WitnessSpecs : IDisposable
{
    readonly TempFolder temp = new();
    readonly ManualClock clock = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_journal_brought_back_from_an_older_copy_is_refused_until_that_is_consented_to()
    {
        await Submit("out", 0);
        var older = await File.ReadAllBytesAsync(Folder("out").Journal, Cancel);
        await Submit("out", 1);
        await File.WriteAllBytesAsync(Folder("out").Journal, older, Cancel);

        var refused = await Refused("out", "BR0812");
        File.Delete(refused.Hint?.Split('`')[^2] ?? "");

        await using var opened = await Open("out");
        Assert.Equal(25, opened.Money.Reserved);
    }

    [Fact]
    public async Task A_journal_cut_between_two_records_is_refused()
    {
        await Submit("out", 0);
        var lines = await File.ReadAllLinesAsync(Folder("out").Journal, Cancel);
        await File.WriteAllTextAsync(Folder("out").Journal, string.Join('\n', lines[..^1]) + "\n", Cancel);

        await Refused("out", "BR0812");
    }

    [Fact]
    public async Task Of_two_copies_of_a_folder_only_the_first_one_goes_on()
    {
        await Submit("out", 0);
        Copy("out", "copy");
        await Submit("copy", 1);

        var refused = await Refused("out", "BR0812");
        Assert.Contains("has seen it reach record", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_is_as_long_but_went_another_way_is_refused_and_the_other_named()
    {
        await Submit("out", 0);
        Copy("out", "copy");
        await Submit("copy", 1);
        var seen = Directory.GetFiles(temp["outside"], "*.seen").Single();
        File.Move(seen, temp["aside"]);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Submit("out", 2);
        await Submit("out", 3);
        File.Move(temp["aside"], seen, overwrite: true);

        var refused = await Refused("out", "BR0813");
        Assert.Contains($"`{Folder("copy").Root}`", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_copies_of_a_folder_are_not_worked_in_at_the_same_time()
    {
        await Submit("out", 0);
        Copy("out", "copy");
        await using (await Open("out"))
        {
            var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder("copy"), Terms, new FakeDisk(), clock));

            Assert.Equal((FolderTrouble.Held, "BR0819"), (refused.Trouble, refused.Problem.Code));
            Assert.Contains($"process {Environment.ProcessId} on", refused.Problem.Message, StringComparison.Ordinal);
        }

        // What the one has recorded meanwhile, the other lacks.
        await Refused("copy", "BR0812");
    }

    [Fact]
    public async Task A_folder_that_was_moved_or_is_new_to_this_machine_goes_on()
    {
        await Submit("out", 0);
        Directory.Move(temp["out"], temp["moved"]);
        await Submit("moved", 1);
        Directory.Delete(temp["outside"], recursive: true);
        Copy("moved", "restored");
        await Submit("restored", 2);

        await using var opened = await Open("restored");
        Assert.Equal(75, opened.Money.Reserved);
    }

    [Fact]
    public async Task A_witness_that_can_not_be_kept_or_read_stops_nothing()
    {
        temp.Write("outside", "a file where a folder should be");
        await Submit("out", 0);
        File.Delete(temp["outside"]);
        await Submit("out", 1);
        await File.WriteAllTextAsync(Directory.GetFiles(temp["outside"], "*.seen").Single(), "{\"seq\":", Cancel);

        await using var opened = await Open("out");
        Assert.Equal(50, opened.Money.Reserved);
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_a_witness_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told apart by statx");
        await Submit("out", 0);
        var seen = Directory.GetFiles(temp["outside"], "*.seen").Single();
        File.Delete(seen);
        using (var make = Process.Start("mkfifo", [seen]))
        {
            await make.WaitForExitAsync(Cancel);
        }

        await Submit("out", 1);

        await using var opened = await Open("out");
        Assert.Equal(50, opened.Money.Reserved);
    }

    [Fact]
    public async Task A_folder_last_worked_in_on_another_machine_is_told_of_and_gone_on_with()
    {
        await Submit("out", 0);
        await File.WriteAllTextAsync(
            Folder("out").Lock, """{"pid":7,"host":"studio","since":"2026-11-20T10:00:00.0000000Z"}""", Cancel);

        var opened = Assert.IsType<OpenAnswer.Opened>(await Journal.Open(Folder("out"), Terms, new FakeDisk(), clock));
        await opened.Store.DisposeAsync();

        var note = Assert.Single(opened.Notes);
        Assert.Equal("BR0818", note.Code);
        Assert.Contains("process 7 on `studio`", note.Message, StringComparison.Ordinal);
    }

    RunFolder Folder(string name) => new(temp[name]);

    JournalTerms Terms => new("made", "api.example", "0.1.0", temp["outside"]);

    async Task<JournalStore> Open(string name) =>
        Assert.IsType<OpenAnswer.Opened>(await Journal.Open(Folder(name), Terms, new FakeDisk(), clock)).Store;

    async Task<BatchRunner.Diagnostics.Diagnostic> Refused(string name, string code)
    {
        var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder(name), Terms, new FakeDisk(), clock));
        Assert.Equal((FolderTrouble.Damaged, code), (refused.Trouble, refused.Problem.Code));
        return refused.Problem;
    }

    // Pays for one more job.
    async Task Submit(string name, int job)
    {
        await using var store = await Open(name);
        await store.RecordPlan(MadeJobs.Several(4), Cancel);
        Assert.IsType<SubmitGrant.Granted>(
            await store.BeginSubmit(MadeJobs.Job(job).Key, new SubmitTerms(25, null, 9, new(), clock.GetUtcNow()), Cancel));
    }

    void Copy(string from, string to)
    {
        Directory.CreateDirectory(Folder(to).Hidden);
        foreach (var file in Directory.GetFiles(Folder(from).Hidden))
        {
            File.Copy(file, Path.Combine(Folder(to).Hidden, Path.GetFileName(file)));
        }
    }
}
