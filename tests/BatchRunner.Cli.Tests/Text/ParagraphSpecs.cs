using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Text;

public sealed class ParagraphSpecs
{
    [Theory]
    [InlineData("short", 10, 2, "short")]
    [InlineData("one two three", 8, 2, "one two|  three")]
    [InlineData("  next a b c", 9, 4, "  next a|    b c")]
    [InlineData("averyverylongword and more", 8, 0, "averyverylongword|and more")]
    [InlineData("漢字 漢字 漢字", 9, 0, "漢字 漢字|漢字")]
    public void It_breaks_between_words(string text, int width, int indent, string lines) =>
        Assert.Equal(lines.Split('|').Select(line => line.TrimEnd()), Paragraph.Lines(text, width, indent));
}
