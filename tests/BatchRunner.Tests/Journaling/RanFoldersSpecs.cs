using System.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Journaling;

public sealed class RanFoldersSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_folder_is_known_by_its_path_and_no_other_one_is()
    {
        RanFolders.Note(temp["outside"], new RunFolder(temp["out/ads"]), "first1");
        RanFolders.Note(temp["outside"], new RunFolder(temp["out/ads"]), "second2");

        Assert.Equal("second2", RanFolders.JournalOf(temp["outside"], new RunFolder(temp["out/ads"])));
        Assert.Equal("second2", RanFolders.JournalOf(temp["outside"], new RunFolder(temp["out/ads"] + Path.DirectorySeparatorChar)));
        Assert.Null(RanFolders.JournalOf(temp["outside"], new RunFolder(temp["elsewhere/out/ads"])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void What_is_no_id_is_no_note(string text)
    {
        RanFolders.Note(temp["outside"], Folder, "first1");
        File.WriteAllText(Note, text);

        Assert.Null(RanFolders.JournalOf(temp["outside"], Folder));
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_neither_read_nor_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told apart by statx");
        RanFolders.Note(temp["outside"], Folder, "first1");
        var note = Note;
        File.Delete(note);
        using (var make = Process.Start("mkfifo", [note]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        RanFolders.Note(temp["outside"], Folder, "second2");

        Assert.Null(RanFolders.JournalOf(temp["outside"], Folder));
    }

    [Fact]
    public void Where_no_note_can_be_kept_nothing_is_stopped()
    {
        temp.Write("outside", "a file where a folder should be");

        RanFolders.Note(temp["outside"], Folder, "first1");

        Assert.Null(RanFolders.JournalOf(temp["outside"], Folder));
    }

    RunFolder Folder => new(temp["out"]);

    string Note => Directory.GetFiles(temp["outside"], "*.ran").Single();
}
