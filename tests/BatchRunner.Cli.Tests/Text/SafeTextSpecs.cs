using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Text;

public sealed class SafeTextSpecs
{
    [Theory]
    [InlineData("plain words, Umläute, 漢字, 👩‍🚀", "plain words, Umläute, 漢字, 👩‍🚀")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "\\x1b[2J\\x1b]0;title\\x07")]
    [InlineData("a\u009b31mb", "a\\x9b31mb")]
    [InlineData("a\u007f\u0085", "a\\x7f\\x85")]
    [InlineData("two\nlines\r\tand a tab", "two\\nlines\\r\\tand a tab")]
    [InlineData("invoice\u202egnp.exe", "invoice\\u202egnp.exe")]
    [InlineData("\u2066isolate\u2069 \u200emark", "\\u2066isolate\\u2069 \\u200emark")]
    [InlineData("line\u2028paragraph\u2029", "line\\u2028paragraph\\u2029")]
    [InlineData("zero\ufeffwidth\u00ad", "zero\\ufeffwidth\\xad")]
    [InlineData("tag\U000E0041", "tag\\u{e0041}")]
    public void Nothing_moves_the_cursor_reorders_or_hides(string text, string safe) => Assert.Equal(safe, SafeText.Line(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("half \ufffd pair", SafeText.Line("half " + '\ud83d' + " pair"));

    [Fact]
    public void No_character_of_the_controls_passes()
    {
        var all = string.Concat(Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl));

        Assert.DoesNotContain(SafeText.Line(all), char.IsControl);
    }
}
