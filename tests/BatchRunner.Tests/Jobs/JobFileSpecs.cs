using BatchRunner.Jobs;

namespace BatchRunner.Tests.Jobs;

public class JobFileSpecs
{
    static readonly string Hash = string.Concat(Enumerable.Range(0, 32).Select(i => $"{i * 7 % 256:x2}"));

    [Theory]
    [InlineData("clips/a.mp4")]
    [InlineData("clips/a-2.mp4")]
    [InlineData("clips/a")]
    [InlineData("superseded/a.mp4")]
    public void A_path_that_is_kept_in_two_parts_is_the_same_path(string path)
    {
        var file = new JobFile(path, 12, Hash);

        var shared = file.Sharing("clips/a", ".mp4");

        Assert.Equal(path, shared.Path);
        Assert.Equal(file, shared);
        Assert.Equal(file.GetHashCode(), shared.GetHashCode());
        Assert.Equal("b.mp4", (shared with { Path = "b.mp4" }).Path);
    }

    [Theory]
    [InlineData("00ff")]
    [InlineData("")]
    [InlineData("AA11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11")]
    [InlineData("0011aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa1x")]
    [InlineData("0011aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11")]
    public void A_hash_stays_as_it_was_given(string sha256)
    {
        Assert.Equal(sha256, new JobFile("a.mp4", 1, sha256).Sha256);
        Assert.Equal(Hash, (new JobFile("a.mp4", 1, Hash) with { Bytes = 2 }).Sha256);
    }
}
