using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Holds fields against one another.</summary>
static class CombinationCheck
{
    public static IEnumerable<RequestProblem> Run(IReadOnlyList<CombinationRule> rules, RequestValues request)
    {
        foreach (var rule in rules.Where(rule => rule.When.All(condition => condition.Holds(request) == true)))
        {
            foreach (var need in rule.Need.Where(need => need.Holds(request) == false))
            {
                var isMissing = need.Present != false && !request.Written(need.Path);
                var pointer = isMissing ? Owner(need.Path) : "/" + need.Path;
                yield return CatalogueProblems.Combination(
                    pointer,
                    ConditionWords.Of(rule.When),
                    ConditionWords.Of(need, "must be"),
                    Found(need, request)) with
                {
                    MissingField = isMissing ? need.Path.Split('/')[^1] : null,
                };
            }
        }
    }

    static string Owner(string path) => path.Contains('/', StringComparison.Ordinal) ? "/" + path[..path.LastIndexOf('/')] : "";

    static string? Found(Condition need, RequestValues request) =>
        need.Present is not null ? null
        : request.Written(need.Path) ? $"it is `{JsonValues.Print(request.Value(need.Path))}`"
        : request.Value(need.Path) is { } usual ? $"it is left out, which means `{JsonValues.Print(usual)}`"
        : "it is left out";
}
