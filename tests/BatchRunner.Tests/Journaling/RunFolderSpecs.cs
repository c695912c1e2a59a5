using BatchRunner.Journaling;

namespace BatchRunner.Tests.Journaling;

public sealed class RunFolderSpecs
{
    [Theory]
    [InlineData("clip.mp4", true)]
    [InlineData("calm/m01-wide.mp4", true)]
    [InlineData("superseded/calm/m01-wide-0a1b2c3d.mp4", true)]
    [InlineData("", false)]
    [InlineData("../../id_rsa", false)]
    [InlineData("calm/../../id_rsa", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("//evil.example/x.mp4", false)]
    [InlineData("calm//m01.mp4", false)]
    [InlineData("./m01.mp4", false)]
    [InlineData("..\\id_rsa", false)]
    [InlineData(".batchrunner/journal.jsonl", false)]
    public void A_file_a_journal_names_lies_below_the_folder_or_is_not_believed(string path, bool holds) =>
        Assert.Equal(holds, RunFolder.Holds(path));
}
