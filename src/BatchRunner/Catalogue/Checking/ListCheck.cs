using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Holds the items of a list against one another.</summary>
static class ListCheck
{
    public static IEnumerable<RequestProblem> Run(
        string pointer, JsonArray list, ListLimits limits, Func<string, MediaFacts?> media)
    {
        if (limits.Unique is { } unique)
        {
            foreach (var problem in Shared(pointer, list, unique))
            {
                yield return problem;
            }
        }

        if (limits.AllOrNone is { } member)
        {
            var with = list.Count(item => item is JsonObject o && o.ContainsKey(member));
            if (with > 0 && with < list.Count)
            {
                yield return CatalogueProblems.SomeHave(pointer, member, with, list.Count);
            }
        }

        if (limits.LastNeedsFirst && At(list, "last") && !At(list, "first"))
        {
            yield return CatalogueProblems.LastWithoutFirst(pointer);
        }

        if (limits.MaxTotalSeconds is { } most && Seconds(pointer, list, media) is { } seconds && seconds > most)
        {
            yield return CatalogueProblems.TotalSeconds(pointer, seconds, most);
        }
    }

    static IEnumerable<RequestProblem> Shared(string pointer, JsonArray list, string member)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject item && JsonValues.Text(item[member]) is { } value && !seen.TryAdd(value, i))
            {
                yield return CatalogueProblems.SharedValue(
                    $"{pointer}/{i}/{member}", value, $"{pointer}/{seen[value]}/{member}");
            }
        }
    }

    static bool At(JsonArray list, string position) =>
        list.Any(item => item is JsonObject o && JsonValues.Text(o["position"]) == position);

    // Of those whose length is known: if these alone are too much, all are.
    static decimal? Seconds(string pointer, JsonArray list, Func<string, MediaFacts?> media) =>
        Enumerable.Range(0, list.Count)
            .Sum(i => media(list[i] is JsonObject ? $"{pointer}/{i}/uri" : $"{pointer}/{i}")?.Seconds);
}
