using BatchRunner.Catalogue;
using BatchRunner.Catalogue.Pricing;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Views;

/// <summary>A model's price in a few words, such as "5 a second" or "20 to 40 a second + 1 per file".</summary>
static class PriceWords
{
    public static string Of(PriceRule? price) => price is null
        ? "not known"
        : string.Join(" + ", price.Parts.Select(Of)) + (price.Minimum > 0 ? $", at least {Figures.Number(price.Minimum)}" : "");

    static string Of(PricePart part)
    {
        var known = part.Rates.Where(rate => rate.Credits is not null).Select(rate => rate.Credits ?? 0).ToList();
        var credits = known.Count == 0 ? "?"
            : known.Min() == known.Max() ? Figures.Number(known[0])
            : known.Min() == 0 ? $"up to {Figures.Number(known.Max())}"
            : $"{Figures.Number(known.Min())} to {Figures.Number(known.Max())}";
        return credits + (part.Each == 1 ? One(part.Per) : $" for {Figures.Number(part.Each)} {Many(part.Per)}");
    }

    static string One(PriceUnit unit) => unit switch
    {
        PriceUnit.Second => " a second",
        PriceUnit.InputSecond => " a second given",
        PriceUnit.InputFrame => " a frame given",
        PriceUnit.Output => " each",
        PriceUnit.Item => " per file",
        PriceUnit.Unit => " a letter",
        _ => "",
    };

    static string Many(PriceUnit unit) => unit switch
    {
        PriceUnit.Second => "seconds",
        PriceUnit.InputSecond => "seconds given",
        PriceUnit.InputFrame => "frames given",
        PriceUnit.Item => "files",
        PriceUnit.Unit => "letters",
        _ => "outputs",
    };
}
