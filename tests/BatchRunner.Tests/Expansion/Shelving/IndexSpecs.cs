using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;

namespace BatchRunner.Tests.Expansion.Shelving;

public class IndexSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Names_are_told_apart_however_many_share_a_hash(int hashes)
    {
        List<string> names = [.. Enumerable.Range(0, 2_000).Select(i => $"name {i * 7919 % 1_000}")];
        var index = new HashIndex(0);
        var first = new Dictionary<string, int>();

        for (var i = 0; i < names.Count; i++)
        {
            var isNew = index.TryAdd(names[i].Length * 31 % hashes, i, other => names[other] == names[i], out var there);

            Assert.Equal(first.TryAdd(names[i], i), isNew);
            Assert.Equal(first[names[i]], there);
        }
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Any_hash_has_a_place(int hash)
    {
        var index = new HashIndex(1);

        Assert.True(index.TryAdd(hash, 5, _ => false, out _));
        Assert.False(index.TryAdd(hash, 6, other => other == 5, out var first));
        Assert.Equal(5, first);
    }

    [Fact]
    public void A_short_list_is_made_once_and_a_long_one_again()
    {
        var made = 0;
        var small = new PagedList<object>(4_096, (_, count) => Made(count));
        var large = new PagedList<int>(10_000, (first, count) => [.. Enumerable.Range(first, count)]);

        Assert.Same(small[70], small[70]);
        Assert.Equal(small.ToList(), small.ToList());
        Assert.Equal(4_096, made);
        Assert.Equal(Enumerable.Range(0, 10_000), large);
        Assert.Equal([9_999, 0, 5_000, 63, 64], new[] { 9_999, 0, 5_000, 63, 64 }.Select(i => large[i]));
        Assert.Throws<ArgumentOutOfRangeException>(() => large[10_000]);
        Assert.Throws<ArgumentOutOfRangeException>(() => large[-1]);

        object[] Made(int count)
        {
            made += count;
            return [.. Enumerable.Range(0, count).Select(_ => new object())];
        }
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
