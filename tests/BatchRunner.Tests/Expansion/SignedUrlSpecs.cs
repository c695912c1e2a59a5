using BatchRunner.Expansion.Requests;

namespace BatchRunner.Tests.Expansion;

public sealed class SignedUrlSpecs
{
    [Theory]
    [InlineData("https://a.b/c.png", "https://a.b/c.png")]
    [InlineData("HTTPS://A.b/C.png?V=2#top", "https://a.b/C.png?V=2")]
    [InlineData("https://a.b/c.png?X-Amz-Algorithm=x&X-Amz-Credential=y&X-Amz-Date=z&X-Amz-Expires=1&X-Amz-SignedHeaders=h&X-Amz-Signature=s", "https://a.b/c.png")]
    [InlineData("https://a.b/c.png?v=2&x-amz-signature=s&w=640", "https://a.b/c.png?v=2&w=640")]
    [InlineData("https://a.b/c.png?Expires=1&Signature=s&Key-Pair-Id=k", "https://a.b/c.png")]
    [InlineData("https://a.b/c.png?GoogleAccessId=g&Expires=1&Signature=s", "https://a.b/c.png")]
    [InlineData("https://a.b/c.png?sv=2022&st=1&se=2&sr=b&sp=r&sig=s", "https://a.b/c.png")]
    [InlineData("https://a.b/c.png?sv=2022&sp=r", "https://a.b/c.png?sv=2022&sp=r")]
    [InlineData("https://a.b/c.mp4?_jwt=s", "https://a.b/c.mp4")]
    [InlineData("https://a.b/c.png?token=s&size=2", "https://a.b/c.png?size=2")]
    [InlineData("https://user:secret@a.b/c.png", "https://a.b/c.png")]
    [InlineData("https://a.b/c@2x.png", "https://a.b/c@2x.png")]
    [InlineData("https://a.b/c.png?%73ig=s", "https://a.b/c.png")]
    [InlineData("https://a.b", "https://a.b")]
    [InlineData("https://", "https://")]
    public void What_only_lets_one_in_is_no_part_of_what_is_named(string written, string kept)
    {
        Assert.Equal(kept, SignedUrl.Unsigned(written));
        Assert.Equal(kept, SignedUrl.Unsigned(SignedUrl.Unsigned(written)));
    }
}
