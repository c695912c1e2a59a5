using System.Text.Json.Nodes;
using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue;

/// <summary>How a variant is priced. The shape of its data is the catalogue's own.</summary>
sealed record PriceRule(JsonObject Data)
{
    /// <summary>The sum of these is the price.</summary>
    public IReadOnlyList<PricePart> Parts { get; init; } = [];

    /// <summary>The least a request costs.</summary>
    public decimal Minimum { get; init; }

    /// <summary>`3p` for somebody else's statement, `infer` for a reading; null: official.</summary>
    public string? Mark { get; init; }
}

/// <summary>What a request costs at most.</summary>
/// <param name="Credits">Credits of 0.01 dollars, or null if it can't be known.</param>
/// <param name="Why">If null credits: what is missing, such as "`duration` has no known default".</param>
/// <param name="MissingField">The field that would settle it, or null.</param>
sealed record CreditEstimate(decimal? Credits, string? Why, string? MissingField);
