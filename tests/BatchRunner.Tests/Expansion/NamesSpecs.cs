using BatchRunner.Expansion.Naming;

namespace BatchRunner.Tests.Expansion;

public sealed class NamesSpecs
{
    [Theory]
    [InlineData("Summer Sale!", "summer-sale")]
    [InlineData("  Über – uns ", "über-uns")]
    [InlineData("---", "")]
    [InlineData("a_b.c", "a-b-c")]
    [InlineData("日本語 タイトル", "日本語-タイトル")]
    [InlineData("a very long headline that goes on and on", "a-very-long-headline-that-goes-on-and-on")]
    [InlineData("a very long headline that goes on and on and", "a-very-long-headline-that-goes-on-and-on")]
    public void A_slug_is_lower_case_words_joined_by_hyphens(string text, string slug) => Assert.Equal(slug, Slug.Of(text));

    [Theory]
    [InlineData("00977/B", "00977-B")]
    [InlineData("../x", "..-x")]
    [InlineData(@"C:\x", "C--x")]
    [InlineData("a😀b", "a-b")]
    [InlineData("a\u202eb\0c\nd", "a-b-c-d")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("~", "-")]
    public void Everything_else_becomes_a_hyphen(string text, string cleaned) => Assert.Equal(cleaned, Slug.Cleaned(text));

    [Theory]
    [InlineData("Café", "CAFE\u0301")]
    [InlineData("\u1EC7", "E\u0323\u0302")]
    [InlineData("\u1EC7", "e\u0302\u0323")]
    [InlineData("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("\u212B", "å")]
    [InlineData("ガ", "カ\u3099")]
    public void Names_that_a_file_system_may_take_for_one_are_one(string a, string b) => Assert.Equal(Slug.Folded(a), Slug.Folded(b));

    [Theory]
    [InlineData("cafe", "café")]
    [InlineData("a-b", "a_b")]
    [InlineData("o", "ø")]
    public void Others_are_not(string a, string b) => Assert.NotEqual(Slug.Folded(a), Slug.Folded(b));

    [Theory]
    [InlineData("{{ a }}/{{ b }}", "{{ a }}|{{ b }}")]
    [InlineData("{{ a / b }}/x", "{{ a / b }}|x")]
    [InlineData("{{ \"}}/\" }}/x", "{{ \"}}/\" }}|x")]
    [InlineData("{{ if a }}x/y{{ end }}", "{{ if a }}x|y{{ end }}")]
    [InlineData("{{ # don't }}/x", "{{ # don't }}|x")]
    [InlineData("a/b", "a|b")]
    [InlineData("{{ a /", "{{ a /")]
    public void Only_slashes_outside_of_code_are_marked(string output, string marked) =>
        Assert.Equal(marked, OutputPath.Marked(output).Replace(OutputPath.Slash, '|'));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("a//b", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("a/../b", false)]
    [InlineData("..-x", true)]
    [InlineData("a.", false)]
    [InlineData(".BatchRunner/x", false)]
    [InlineData("Superseded/x", false)]
    [InlineData("superseded-x", true)]
    [InlineData("con", false)]
    [InlineData("COM1.x", false)]
    [InlineData("com0", true)]
    [InlineData("LPT²", false)]
    [InlineData("console", true)]
    public void A_path_must_be_a_file_everywhere(string path, bool isOne) => Assert.Equal(isOne, OutputPath.Refusal(path) is null);

    [Fact]
    public void A_part_of_a_path_has_150_bytes_at_most()
    {
        Assert.Null(OutputPath.Refusal(new string('é', 75)));
        Assert.NotNull(OutputPath.Refusal(new string('é', 75) + "x"));
    }
}
