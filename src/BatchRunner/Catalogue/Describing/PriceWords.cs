using BatchRunner.Catalogue.Checking;
using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue.Describing;

/// <summary>Prices as people read them.</summary>
static class PriceWords
{
    /// <summary>On one line, such as "12 to 32 a second"; "not published" without a price.</summary>
    public static string Short(PriceRule? price, string makes)
    {
        if (price is null)
        {
            return "not published";
        }

        var sums = price.Parts.GroupBy(part => Unit(part, makes)).Select(group => $"{Sum(group)} {group.Key}");
        return string.Join(" + ", sums) + (price.Minimum > 0 ? $", at least {JsonValues.Print(price.Minimum)}" : "");
    }

    /// <summary>One line for each rate.</summary>
    public static IReadOnlyList<string> Long(PriceRule? price, string makes)
    {
        if (price is null)
        {
            return ["not published"];
        }

        var lines = price.Parts.SelectMany(part => part.Rates.Select((rate, i) => Line(part, rate, i > 0, makes))).ToList();
        if (price.Minimum > 0)
        {
            lines.Add($"at least {JsonValues.Print(price.Minimum)}");
        }

        return lines;
    }

    static string Sum(IEnumerable<PricePart> parts)
    {
        var (least, most) = (0m, 0m);
        foreach (var rates in parts.Select(part => part.Rates.Select(rate => rate.Credits).OfType<decimal>().ToList()))
        {
            least += rates.DefaultIfEmpty().Min();
            most += rates.DefaultIfEmpty().Max();
        }

        return Wording.Range(least, most);
    }

    static string Line(PricePart part, PriceRate rate, bool isLater, string makes)
    {
        var amount = rate.Credits is { } credits ? $"{JsonValues.Print(credits)} {Unit(part, makes)}" : "not published";
        var cap = part.AtMost is { } most ? $", of which {JsonValues.Print(most)} count at most" : "";
        return rate.When.Count > 0
            ? $"{amount} if {ConditionWords.Of(rate.When)}{cap}"
            : isLater ? $"{amount} otherwise{cap}" : amount + cap;
    }

    static string Unit(PricePart part, string makes)
    {
        var of = string.Join(" and ", part.Of.Select(path => Wording.Name("/" + path)));
        var each = JsonValues.Print(part.Each);
        return part.Per switch
        {
            PriceUnit.Second => part.Each == 1 ? "a second" : $"every {each} seconds",
            PriceUnit.InputSecond => part.Each == 1 ? $"a second of {of}" : $"every {each} seconds of {of}",
            PriceUnit.InputFrame => $"a frame of {of}",
            PriceUnit.Output => makes == "image" ? "an image" : "an output",
            PriceUnit.Item => $"for each in {of}",
            PriceUnit.Unit => $"every {each} characters of {of}",
            _ => "a request",
        };
    }
}
