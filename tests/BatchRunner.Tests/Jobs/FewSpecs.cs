using BatchRunner.Jobs;

namespace BatchRunner.Tests.Jobs;

public class FewSpecs
{
    [Fact]
    public void None_one_and_several_are_lists()
    {
        Few<string> none = [];
        Few<string> one = ["a"];
        Few<string> several = ["a", "b", "c"];

        Assert.Equal((0, 1, 3), (none.Length, one.Length, several.Length));
        Assert.Equal((null, "a", "c"), (none.Last, one.Last, several.Last));
        Assert.Equal(["a", "b", "c"], several);
        Assert.Equal("b", several[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => one[1]);
        Assert.Empty(none);
    }

    [Fact]
    public void A_change_makes_another_list()
    {
        Few<string> one = ["a"];

        var two = one.With("b");

        Assert.Equal(["a", "b"], two);
        Assert.Equal(["a", "c"], two.WithLast("c"));
        Assert.Equal(["c"], one.WithLast("c"));
        Assert.Equal(["a"], two.WithoutLast());
        Assert.Empty(one.WithoutLast());
        Assert.Equal(["a"], one);
    }

    [Fact]
    public void Lists_of_the_same_are_the_same()
    {
        Few<string> one = ["a", "b"];
        Few<string> other = ["a", "b"];

        Assert.True(one.Equals(other) && one.GetHashCode() == other.GetHashCode());
        Assert.False(one.Equals(one.WithoutLast()));
    }
}
