using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue.Checking;

/// <summary>What several fields have to be to one another: when all of the first hold, all of the second must.</summary>
sealed record CombinationRule(IReadOnlyList<Condition> When, IReadOnlyList<Condition> Need);
