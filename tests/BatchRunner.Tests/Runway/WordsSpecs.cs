using System.Text;
using BatchRunner.Runway.Reading;

namespace BatchRunner.Tests.Runway;

public sealed class WordsSpecs
{
    static readonly ServerWords Words = new(Client.Secret());

    [Theory]
    [InlineData("plain words, ünïcode and 漢字 😀", "plain words, ünïcode and 漢字 😀")]
    [InlineData("a\u001b[31mred\u0007", "a\\u001b[31mred\\u0007")]
    [InlineData("a\r\nb\tc\0", "a\\u000d\\u000ab\\u0009c\\u0000")]
    [InlineData("a\u009b2Jb\u007f", "a\\u009b2Jb\\u007f")]
    [InlineData("a\u202eb\u2066c\u200fd\u200b\ufeff", "a\\u202eb\\u2066c\\u200fd\\u200b\\ufeff")]
    [InlineData("a\u2028b\u2029", "a\\u2028b\\u2029")]
    [InlineData("bad data:image/png;base64,iVBORw0KGgo= here", "bad data:image/png;base64,… (34 characters) here")]
    [InlineData("DATA:IMAGE/PNG;BASE64,AAAA", "DATA:IMAGE/PNG;BASE64,… (26 characters)")]
    [InlineData("see https://a.test/p/q?_jwt=abc&x=1.", "see https://a.test/p/q?…")]
    [InlineData("see \"https://a.test/p?sig=1\" and 'http://b.test#frag'", "see \"https://a.test/p?…\" and 'http://b.test?…'")]
    [InlineData("s3://bucket/key?X-Amz-Signature=abcdef", "s3://bucket/key?…")]
    [InlineData("https://user:pass@a.test/x", "https://a.test/x")]
    [InlineData("_jwt=eyJhbGciOi.abc.def failed", "_jwt=… failed")]
    [InlineData("Authorization: Bearer abcd.efgh", "Authorization: Bearer …")]
    [InlineData("the key key_0123456789abcdef is disabled", "the key key_… is disabled")]
    [InlineData("the key " + Client.CanaryKey + " is disabled", "the key [key] is disabled")]
    public void Words_are_made_safe(string said, string shown) => Assert.Equal(shown, Words.Clean(said));

    [Fact]
    public void A_key_of_any_form_is_taken_out()
    {
        var words = new ServerWords(Client.Secret("S3cret/with+odd=signs"));

        Assert.Equal("no [key] here", words.Clean("no S3cret/with+odd=signs here"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\u0001")]
    public void Words_end_at_two_KiB(string piece)
    {
        var shown = Words.Clean(string.Concat(Enumerable.Repeat(piece, 5000)));

        Assert.InRange(Encoding.UTF8.GetByteCount(shown), 2030, 2048);
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16 * 1024 - 5)]
    [InlineData(16 * 1024 - 20)]
    [InlineData(2048 - 5)]
    public void A_key_across_the_cut_does_not_show(int before)
    {
        foreach (var filler in new[] { 'x', '?' })
        {
            var shown = Words.Clean(new string(filler, before) + Client.CanaryKey);

            Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("key_c", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_made_to_be_slow_is_read_at_once()
    {
        var slow = string.Concat(Enumerable.Repeat("a://", 300_000));

        Assert.InRange(Words.Clean(slow).Length, 0, 2048);
    }
}
