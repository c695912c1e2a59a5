using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Text;

public sealed class FiguresSpecs
{
    [Theory]
    [InlineData("0", "0 credits ($0.00)")]
    [InlineData("1", "1 credit ($0.01)")]
    [InlineData("1240", "1 240 credits ($12.40)")]
    [InlineData("12.5", "12.5 credits ($0.13)")]
    [InlineData("1234567", "1 234 567 credits ($12 345.67)")]
    public void A_price_is_told_in_credits_and_dollars(string credits, string price) =>
        Assert.Equal(price, Figures.Price(decimal.Parse(credits, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59.6, "1m00s")]
    [InlineData(200, "3m20s")]
    [InlineData(3900, "1h05m")]
    [InlineData(-5, "0s")]
    public void A_time_is_told_in_two_units(double seconds, string text) =>
        Assert.Equal(text, Figures.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void One_thing_has_no_s() =>
        Assert.Equal(("1 job", "2 jobs", "10 000 jobs"), (Figures.Count(1, "job"), Figures.Count(2, "job"), Figures.Count(10_000, "job")));
}
