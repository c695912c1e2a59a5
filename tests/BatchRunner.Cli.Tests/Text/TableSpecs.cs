using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Text;

public sealed class TableSpecs
{
    static Table Example(string job, string prompt)
    {
        var table = new Table("~job", "~what", ">credits", "?model", "?ratio", "prompt");
        table.Add(job, "again: `internal` cost nothing and may be tried again", "25", "gen4_turbo", "1280:720", prompt);
        return table;
    }

    [Fact]
    public void Without_a_width_everything_is_there() => Assert.Equal(
        [
            "job  what                                                   credits  model       ratio     prompt",
            "a    again: `internal` cost nothing and may be tried again       25  gen4_turbo  1280:720  a lamp",
        ],
        Example("a", "a lamp").Lines(null));

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(60)]
    [InlineData(50)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        var lines = Example(new string('j', 150), string.Concat(Enumerable.Repeat("漢字 and words ", 40))).Lines(width).ToList();

        Assert.All(lines, line => Assert.True(DisplayWidth.Of(line) <= width, line));
        Assert.Contains("credits", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("prompt", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_widest_is_cut_first_and_columns_go_before_the_rest_is_too_narrow() => Assert.Equal(
        [
            "job           what          credits  prompt",
            "jjjjjjjjjjj…  again: `int…       25  a lamp",
        ],
        Example(new string('j', 150), "a lamp").Lines(43));
}
