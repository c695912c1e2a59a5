using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Text;

public sealed class DisplayWidthSpecs
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("Grüße", 5)]
    [InlineData("e\u0301", 1)]
    [InlineData("漢字", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("👩‍🚀", 2)]
    [InlineData("❤️", 2)]
    [InlineData("…", 1)]
    public void Counts_cells_as_a_terminal_does(string text, int cells) => Assert.Equal(cells, DisplayWidth.Of(text));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("rather long", 6, "rathe…")]
    [InlineData("rather long", 8, "rather…")]
    [InlineData("漢字漢字", 6, "漢字…")]
    [InlineData("anything", 0, "")]
    public void Cuts_at_a_whole_letter(string text, int cells, string cut) => Assert.Equal(cut, DisplayWidth.Cut(text, cells));
}
