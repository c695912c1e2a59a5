namespace BatchRunner.Catalogue.Pricing;

/// <summary>Adds up the parts of a price for one request, always to the dearer side where something isn't known.</summary>
static class Estimator
{
    public static CreditEstimate Estimate(PriceRule price, RequestValues request)
    {
        var total = 0m;
        foreach (var part in price.Parts)
        {
            if (Credits(part, request, out var credits) is { } unknown)
            {
                return unknown;
            }

            total += credits;
        }

        return Known(Math.Max(decimal.Ceiling(total), price.Minimum));
    }

    // What stands in the way, or null and the credits of this part.
    static CreditEstimate? Credits(PricePart part, RequestValues request, out decimal credits)
    {
        credits = 0;
        if (Undecided(part, request) is { } field)
        {
            return Missing(field);
        }

        if (Dearest(part, request) is not { } rate)
        {
            return new CreditEstimate(null, "its price isn't published", null);
        }

        if (rate == 0)
        {
            return null;
        }

        var unknown = Quantity(part, request, out var quantity);
        var times = part.Times is null ? 1 : request.Number(part.Times) ?? 1;
        credits = rate * times * decimal.Ceiling(Math.Min(quantity, part.AtMost ?? quantity) / part.Each);
        return unknown;
    }

    // A field the rate hangs on that is neither written nor has a known default.
    static string? Undecided(PricePart part, RequestValues request) =>
        part.Rates.SelectMany(rate => rate.When)
            .Where(condition => condition.Values.Count > 0)
            .Select(condition => condition.Path)
            .FirstOrDefault(path => request.Value(path) is null && request.Rule(path) is not null);

    static decimal? Dearest(PricePart part, RequestValues request)
    {
        decimal? dearest = null;
        foreach (var rate in part.Rates)
        {
            var holds = rate.When.Select(condition => condition.Holds(request)).ToList();
            if (holds.Contains(false))
            {
                continue;
            }

            if (rate.Credits is not { } credits)
            {
                return null;
            }

            dearest = Math.Max(dearest ?? credits, credits);
            if (!holds.Contains(null))
            {
                break;
            }
        }

        return dearest;
    }

    static CreditEstimate? Quantity(PricePart part, RequestValues request, out decimal quantity)
    {
        quantity = 1;
        switch (part.Per)
        {
            case PriceUnit.Second or PriceUnit.Output:
                return Asked(part.Of[0], request, out quantity);
            case PriceUnit.Unit:
                quantity = JsonValues.Text(request.Value(part.Of[0]))?.Length ?? 0;
                return null;
            case PriceUnit.Item:
                quantity = part.Of.SelectMany(request.Media).Count(media => !part.OnlyReferences || !media.IsPlaced);
                return null;
            case PriceUnit.InputSecond:
                return Seconds(part, request, out quantity);
            case PriceUnit.InputFrame:
                return Frames(part, request, out quantity);
            default:
                return null;
        }
    }

    // A number, or `auto`, which is charged at the most the model makes.
    static CreditEstimate? Asked(string field, RequestValues request, out decimal quantity)
    {
        quantity = 0;
        if (request.Value(field) is not { } value)
        {
            return Missing(field);
        }

        if (JsonValues.Number(value) is { } number)
        {
            quantity = number;
            return null;
        }

        if (JsonValues.Text(value) is null || Most(request.Rule(field)) is not { } most)
        {
            return new CreditEstimate(null, $"`{field}` is not a number", field);
        }

        quantity = most;
        return null;
    }

    static decimal? Most(FieldRule? rule) => rule?.Maximum ?? rule?.Alternatives.Max(alternative => alternative.Maximum);

    static CreditEstimate? Seconds(PricePart part, RequestValues request, out decimal quantity)
    {
        quantity = 0;
        foreach (var media in part.Of.SelectMany(request.Media))
        {
            if ((media.Facts?.Seconds ?? media.Limits?.MaxSeconds ?? part.AtMost) is not { } seconds)
            {
                return new CreditEstimate(null, $"the length of `{Name(media)}` isn't known", null);
            }

            quantity += seconds;
        }

        return null;
    }

    static CreditEstimate? Frames(PricePart part, RequestValues request, out decimal quantity)
    {
        quantity = 0;
        foreach (var media in part.Of.SelectMany(request.Media))
        {
            if ((media.Facts?.Seconds ?? media.Limits?.MaxSeconds) is not { } seconds
                || (media.Facts?.FrameRate ?? media.Limits?.MaxFrameRate) is not { } rate)
            {
                return new CreditEstimate(null, $"the number of frames of `{Name(media)}` isn't known", null);
            }

            quantity += decimal.Ceiling(seconds * rate);
        }

        return null;
    }

    static string Name(MediaValue media) => media.Pointer[1..].Replace('/', '.');

    static CreditEstimate Missing(string field) =>
        new(null, $"`{field.Replace('/', '.')}` has no known default", field);

    static CreditEstimate Known(decimal credits) => new(credits, null, null);
}
