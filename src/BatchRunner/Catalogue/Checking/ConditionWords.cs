using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Conditions as they read in a message or a description.</summary>
static class ConditionWords
{
    public static string Of(IReadOnlyList<Condition> all) => string.Join(" and ", all.Select(condition => Of(condition, "is")));

    public static string Of(Condition condition, string verb)
    {
        var name = Wording.Name("/" + condition.Path);
        return condition switch
        {
            { Present: true } => $"{name} {verb} given",
            { Present: false } => verb == "is" ? $"{name} is not given" : $"{name} must not be given",
            { PixelsOver: { } pixels } => $"{name} {verb} larger than {pixels} pixels",
            { SideOver: { } side, Times: { } times } => $"the longer side of {name} times `{times}` {verb} more than {side} pixels",
            { SideOver: { } side } => $"the longer side of {name} {verb} more than {side} pixels",
            _ => $"{name} {verb} {Wording.Or([.. condition.Values.Select(JsonValues.Print)])}",
        };
    }
}
