using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests;

public sealed class GlobSpecs
{
    [Theory]
    [InlineData("*.mp4", "a.mp4", true)]
    [InlineData("*.mp4", ".mp4", false)]
    [InlineData(".*", ".mp4", true)]
    [InlineData("*.mp4", "a.mp4x", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("?.mp4", "a.mp4", true)]
    [InlineData("?.mp4", "ab.mp4", false)]
    [InlineData("shot[0-9].mp4", "shot7.mp4", true)]
    [InlineData("shot[0-9].mp4", "shotx.mp4", false)]
    [InlineData("shot[!0-9].mp4", "shotx.mp4", true)]
    [InlineData("shot[!0-9].mp4", "shot7.mp4", false)]
    [InlineData("[abc]", "b", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("*", "anything", true)]
    [InlineData("A*", "abc", false)]
    public void A_name_matches(string pattern, string name, bool expected) =>
        Assert.Equal(expected, Glob.Matches(name, pattern));

    [Fact]
    public void Many_stars_take_no_longer_than_they_must() =>
        Assert.False(Glob.Matches(new string('a', 20_000), string.Concat(Enumerable.Repeat("a*", 200)) + "b"));

    [Fact]
    public void Files_come_in_natural_order_and_links_out_are_told()
    {
        using var folder = new TempFolder();
        foreach (var name in (
            string[])["shot10.mp4", "shot2.mp4", "Shot1.mp4", "shot02.mp4", "deep/er/shot3.mp4", "note.txt",
            ".hidden.mp4"])
        {
            folder.Write("root/" + name, "x");
        }

        Assert.Equal(["Shot1.mp4", "shot02.mp4", "shot2.mp4", "shot10.mp4"], Found(folder, "*.mp4"));
        Assert.Equal(
            ["deep/er/shot3.mp4", "Shot1.mp4", "shot02.mp4", "shot2.mp4", "shot10.mp4"], Found(folder, "**/*.mp4"));
        Assert.Equal(["deep/er/shot3.mp4"], Found(folder, "d*/??/*"));

        folder.Write("outside.mp4", "x");
        File.CreateSymbolicLink(folder["root/link.mp4"], "../outside.mp4");
        Assert.Equal(["BR0105"], Found(folder, "*.mp4"));
    }

    [Theory]
    [InlineData("*.png", "BR0140")]
    [InlineData("../*.mp4", "BR0105")]
    [InlineData("/tmp/*", "BR0106")]
    [InlineData("a//*", "BR0106")]
    [InlineData("a/../*", "BR0106")]
    [InlineData("a\\*.mp4", "BR0106")]
    [InlineData("a[b", "BR0106")]
    public void A_pattern_that_finds_nothing_or_leads_out_is_told(string pattern, string code)
    {
        using var folder = new TempFolder();
        folder.Write("root/a.mp4", "x");

        Assert.Equal([code], Found(folder, pattern));
    }

    // The paths found, or the codes of what is wrong.
    static IEnumerable<string> Found(TempFolder folder, string pattern)
    {
        DiagnosticBag problems = [];
        var files = new Glob(pattern, new(folder["root"])).Find(folder["root"], "", null, problems);
        return problems.Count > 0 ? problems.Select(problem => problem.Code) : files.Select(file => file.Path);
    }
}
