using BatchRunner.Runway;

namespace BatchRunner.Tests.Runway;

public sealed class AddressSpecs
{
    [Theory]
    [InlineData("https://api.dev.runwayml.com", "https://api.dev.runwayml.com/")]
    [InlineData(" https://gateway.test/runway/ ", "https://gateway.test/runway/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    [InlineData("http://LOCALHOST", "http://localhost/")]
    [InlineData("http://loopback", "http://localhost/")]
    [InlineData("http://127.0.0.1:1/x", "http://127.0.0.1:1/x/")]
    [InlineData("http://127.8.9.10", "http://127.8.9.10/")]
    [InlineData("http://[::1]:5", "http://[::1]:5/")]
    public void An_address_is_https_or_this_machine(string text, string address)
    {
        Assert.True(ApiAddress.TryParse(text, out var found, out _));
        Assert.Equal(address, found.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://api.dev.runwayml.com", "the base URL is `http` at `api.dev.runwayml.com`, but only this machine may go without https")]
    [InlineData("http://localhost.evil.test", "the base URL is `http` at `localhost.evil.test`, but only this machine may go without https")]
    [InlineData("http://10.0.0.1", "the base URL is `http` at `10.0.0.1`, but only this machine may go without https")]
    [InlineData("http://0.0.0.0", "the base URL is `http` at `0.0.0.0`, but only this machine may go without https")]
    [InlineData("ftp://localhost", "the base URL is not a URL such as `https://api.dev.runwayml.com`")]
    [InlineData("file:///etc", "the base URL is not a URL such as `https://api.dev.runwayml.com`")]
    [InlineData("https://me:secret@a.test", "the base URL holds a user name or password")]
    [InlineData("https://a.test?key=secret", "the base URL holds a `?` or `#`")]
    [InlineData("https://a.test/#x", "the base URL holds a `?` or `#`")]
    [InlineData("api.dev.runwayml.com", "the base URL is not a URL such as `https://api.dev.runwayml.com`")]
    [InlineData("", "the base URL is not a URL such as `https://api.dev.runwayml.com`")]
    public void Any_other_address_is_refused(string text, string expected)
    {
        Assert.False(ApiAddress.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("", "the key is empty")]
    [InlineData(" \n", "the key is empty")]
    [InlineData("key_a b", "character 6 of the key is a blank, a line break or not ASCII")]
    [InlineData("key_a\r\nX-Evil: 1", "character 6 of the key is a blank, a line break or not ASCII")]
    [InlineData("kéy", "character 2 of the key is a blank, a line break or not ASCII")]
    public void A_key_that_fits_no_header_is_refused_without_showing_it(string text, string expected)
    {
        Assert.False(Secret.TryRead(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void A_key_is_not_printed()
    {
        Assert.True(Secret.TryRead($" {Client.CanaryKey}\n", out var secret, out _));

        Assert.Equal(Client.CanaryKey, secret.Reveal());
        Assert.Equal("[secret]", $"{secret}");
        Assert.DoesNotContain("canary", Client.Options(ApiAddress.Default).ToString(), StringComparison.Ordinal);
    }
}
