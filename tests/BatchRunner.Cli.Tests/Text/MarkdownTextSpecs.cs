using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Text;

public sealed class MarkdownTextSpecs
{
    [Theory]
    [InlineData("plain words, Umläute, 漢字", "plain words, Umläute, 漢字")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("a\\|b", "a\\\\\\|b")]
    [InlineData("<img src=x> &lt;", "&lt;img src=x&gt; &amp;lt;")]
    [InlineData("`code` *bold* _it_ ~~no~~ ![i](u)", "\\`code\\` \\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\!\\[i\\](u)")]
    [InlineData("@octocat #1 $x$", "&#64;octocat &#35;1 \\$x\\$")]
    [InlineData("one\n# two", "one\\\\n&#35; two")]
    public void What_a_stranger_wrote_stands_for_itself(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Plain(text));

    [Theory]
    [InlineData("`max_credits` is <b>", "`max_credits` is &lt;b&gt;")]
    [InlineData("a ``b ` c`` d_e", "a ``b ` c`` d\\_e")]
    [InlineData("a ` without end <b>", "a \\` without end &lt;b&gt;")]
    [InlineData("a `` b ` c <b>", "a \\`\\` b \\` c &lt;b&gt;")]
    [InlineData("`<b>` and @me", "`<b>` and &#64;me")]
    public void In_a_sentence_of_ours_only_what_stands_between_backquotes_is_code(string text, string markdown) =>
        Assert.Equal(markdown, MarkdownText.Prose(text));
}
