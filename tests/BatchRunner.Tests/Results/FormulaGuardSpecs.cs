using BatchRunner.Expansion.Sources.Sheets;

namespace BatchRunner.Tests.Results;

public sealed class FormulaGuardSpecs
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49 30 1234")]
    [InlineData("-5")]
    [InlineData("@person waves")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1")]
    [InlineData("\u00a0=1")]
    [InlineData("\u3000=1")]
    [InlineData("\ufeff=1")]
    [InlineData("\u200b=1")]
    [InlineData("＝1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠sum")]
    [InlineData("﹦1")]
    [InlineData("⁼1")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    public void Text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_again(string text)
    {
        Assert.Equal("'" + text, FormulaGuard.Add(text));
        Assert.Equal(text, FormulaGuard.Remove(FormulaGuard.Add(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a = b")]
    [InlineData("'tis the season")]
    [InlineData("’=quoted")]
    [InlineData("5 - 3")]
    [InlineData("—dash")]
    [InlineData("−minus sign")]
    [InlineData("   ")]
    public void Other_text_stays_as_it_is(string text)
    {
        Assert.Equal(text, FormulaGuard.Add(text));
        Assert.Equal(text, FormulaGuard.Remove(text));
    }
}
