using BatchRunner.Cli.Views;
using BatchRunner.Diagnostics;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Views;

/// <summary>Lines as no person writes them: they are cut before anything is measured.</summary>
public sealed class ExcerptSpecs : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Told(string text, int column)
    {
        folder.Write("r.csv", text);
        using var writer = new StringWriter { NewLine = "\n" };
        new DiagnosticWriter(writer, DiagnosticForm.Full, 60).Write(
            new Diagnostic("BR0207", Severity.Error, "here", new SourcePlace(new SourceFile("r.csv", folder["r.csv"]), 2, column)));
        return writer.ToString();
    }

    [Fact]
    public void A_line_of_millions_of_letters_is_shown_around_its_mistake()
    {
        var told = Told("id,scene\nr1," + new string('a', 3_000_000) + "\n", 500_000).Split('\n');

        Assert.Equal("r.csv:2:500000: BR0207: here", told[0]);
        Assert.Matches("^2 \\| …a+…$", told[2]);
        Assert.True(told[2].Length <= 60, told[2]);
        Assert.Equal('^', told[3][^1]);
    }

    [Fact]
    public void A_letter_with_a_million_accents_is_no_more_work() =>
        Assert.StartsWith("r.csv:2:700000: BR0207: here\n", Told("id,scene\nr1,e" + new string('\u0301', 900_000) + "\n", 700_000), StringComparison.Ordinal);

    [Fact]
    public void Behind_what_is_read_of_a_line_there_is_no_excerpt() =>
        Assert.Equal("r.csv:2:2900000: BR0207: here\n", Told("id,scene\nr1," + new string('a', 3_000_000), 2_900_000));

    [Fact]
    public void A_pair_is_not_parted()
    {
        var told = Told("id,scene\n" + string.Concat(Enumerable.Repeat("😀", 5_000)) + "\n", 5_001);

        Assert.DoesNotContain('\ufffd', told);
        Assert.DoesNotContain("\\u", told, StringComparison.Ordinal);
    }
}
