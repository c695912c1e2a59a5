using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Manifests.Yaml;

namespace BatchRunner.Tests.Manifests;

public sealed class YamlReaderSpecs
{
    [Theory]
    [InlineData("5", 5L)]
    [InlineData("-5", -5L)]
    [InlineData("0", 0L)]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    [InlineData("007", "007")]
    [InlineData("-0", "-0")]
    [InlineData("1.10", "1.10")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("0x10", "0x10")]
    [InlineData("+5", "+5")]
    [InlineData(".5", ".5")]
    [InlineData("5.", "5.")]
    [InlineData("1_000", "1_000")]
    [InlineData("1280:720", "1280:720")]
    [InlineData("16:9", "16:9")]
    [InlineData("no", "no")]
    [InlineData("on", "on")]
    [InlineData("yes", "yes")]
    [InlineData("2026-10-01", "2026-10-01")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    [InlineData("'5'", "5")]
    [InlineData("\"true\"", "true")]
    public void A_scalar_is_a_number_only_if_it_prints_back_the_same(string written, object expected) =>
        Assert.Equal(expected, Assert.IsType<ScalarNode>(Value(written)).Value);

    [Fact]
    public void A_decimal_keeps_its_digits() => Assert.Equal(0.25m, Assert.IsType<ScalarNode>(Value("0.25")).Value);

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("# nothing")]
    public void Blank_is_nothing(string written) => Assert.IsType<NullNode>(Value(written));

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{a: ")]
    [InlineData("[[],")]
    public void A_million_brackets_are_one_problem(string bracket)
    {
        var text = string.Concat(Enumerable.Repeat(bracket, 1_000_000 / bracket.Length));

        Assert.Equal("BR0117", Assert.Single(Problems(text)).Code);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Nesting_ends_at_32_levels(int depth, bool isRead) =>
        Assert.Equal(isRead, Problems(new string('[', depth) + new string(']', depth)).Count == 0);

    [Fact]
    public void Fifty_thousand_events_are_the_most() =>
        Assert.Equal("BR0117", Assert.Single(Problems(string.Concat(Enumerable.Repeat("- a\n", 50_000)))).Code);

    [Fact]
    public void A_scalar_has_at_most_64_KiB() =>
        Assert.Equal("BR0117", Assert.Single(Problems("a: " + new string('x', 65_537))).Code);

    [Fact]
    public void Billion_laughs_are_refused_at_the_first_anchor()
    {
        var problems = Problems("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");

        Assert.Equal(["1:4", "2:4"], problems.Select(problem => $"{problem.Place?.Line}:{problem.Place?.Column}"));
    }

    static Node Value(string written)
    {
        DiagnosticBag problems = [];
        var root = YamlReader.Read(new(new("t.yaml", "t.yaml"), "k: " + written), problems);
        Assert.Empty(problems);
        return Assert.IsType<MapNode>(root).Entries[0].Value;
    }

    static DiagnosticBag Problems(string yaml)
    {
        DiagnosticBag problems = [];
        YamlReader.Read(new(new("t.yaml", "t.yaml"), yaml), problems);
        return problems;
    }
}
