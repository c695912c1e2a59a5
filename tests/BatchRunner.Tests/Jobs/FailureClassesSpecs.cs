using BatchRunner.Jobs;

namespace BatchRunner.Tests.Jobs;

public class FailureClassesSpecs
{
    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", "safety-input", false)]
    [InlineData("SAFETY.INPUT.IMAGE", "safety-input", false)]
    [InlineData("SAFETY.INPUT", "safety-input", false)]
    [InlineData("SAFETY.OUTPUT.VIDEO", "safety-output", false)]
    [InlineData("SAFETY.OUTPUT", "safety-output", false)]
    [InlineData("SAFETY.SOMETHING_NEW", "safety-input", false)]
    [InlineData("INPUT_PREPROCESSING.SAFETY.TEXT", "safety-preprocessing", false)]
    [InlineData("INPUT_PREPROCESSING.INTERNAL", "preprocessing", true)]
    [InlineData("INTERNAL.BAD_OUTPUT.01", "bad-output", false)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", "bad-output", false)]
    [InlineData("ASSET.INVALID", "asset", false)]
    [InlineData("THIRD_PARTY.UNAVAILABLE", "third-party", true)]
    [InlineData("INTERNAL", "internal", true)]
    [InlineData("INTERNAL.42", "internal", true)]
    [InlineData("", "internal", true)]
    [InlineData(null, "internal", true)]
    [InlineData("INTERNALLY", "other", false)]
    [InlineData("CONTENT_MODERATION", "other", false)]
    [InlineData("safety.input.text", "other", false)]
    public void Every_code_has_its_class(string? code, string name, bool mayRepeat)
    {
        var found = FailureClasses.Of(code);

        Assert.Equal(name, found.Name);
        Assert.Equal(mayRepeat, found.MayRepeat);
    }

    [Fact]
    public void Every_class_says_what_it_means_and_what_to_do()
    {
        Assert.All(FailureClasses.All, found =>
        {
            Assert.False(string.IsNullOrWhiteSpace(found.Meaning));
            Assert.False(string.IsNullOrWhiteSpace(found.NextStep));
            Assert.DoesNotContain('.', found.NextStep[^1..]);
            Assert.Same(found, FailureClasses.Named(found.Name));
        });
        Assert.Equal(FailureClasses.All.Count, FailureClasses.All.Select(found => found.Name).Distinct().Count());
    }

    [Fact]
    public void Nothing_that_moderation_refused_is_ever_repeated() =>
        Assert.All(FailureClasses.All.Where(found => found.Name.StartsWith("safety", StringComparison.Ordinal)), found => Assert.False(found.MayRepeat));
}
