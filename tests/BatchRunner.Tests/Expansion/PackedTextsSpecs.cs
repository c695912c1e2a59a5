using BatchRunner.Expansion;

namespace BatchRunner.Tests.Expansion;

public class PackedTextsSpecs
{
    [Fact]
    public void Every_text_comes_back_in_any_order()
    {
        var random = new Random(1);
        var texts = new PackedTexts();
        List<string> plain = [.. Enumerable.Range(0, 5_000).Select(i => $"a mug on linen, number {i}: " + new string('é', random.Next(200)))];

        List<StoredText> stored = [.. plain.Select(text => texts.Add(new StoredText(text)))];

        Assert.Equal(plain, stored.Select(text => text.ToString()));
        foreach (var i in Enumerable.Range(0, 500).Select(_ => random.Next(plain.Count)))
        {
            Assert.Equal(plain[i], stored[i].ToString());
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("half a pair \ud83d of an emoji")]
    [InlineData("a whole one \ud83d\ude00")]
    public void What_is_hard_to_pack_comes_back_too(string? text) =>
        Assert.Equal(text, new PackedTexts().Add(new StoredText(text)).ToString());

    [Fact]
    public void A_text_is_equal_to_itself_put_away()
    {
        var text = new StoredText("a mug on linen");

        Assert.Equal(text, new PackedTexts().Add(text));
    }

    [Fact]
    public void A_key_is_its_digits()
    {
        var hex = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("x"u8));

        Assert.Equal((hex, hex[..8]), (new JobKey(hex).Hex, new JobKey(hex).Short));
        Assert.Throws<FormatException>(() => new JobKey("abc"));
        Assert.Throws<FormatException>(() => new JobKey(new string('g', 64)));
    }
}
