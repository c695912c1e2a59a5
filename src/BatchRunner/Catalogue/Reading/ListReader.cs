using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Reading;

/// <summary>Reads lists of values, where `@name` stands for all values of a shared list.</summary>
sealed class ListReader(ShapeReader shape, LocatedJson shared)
{
    const int Deepest = 8;

    const int MostValues = 10_000;

    public IReadOnlyList<JsonNode> Read(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return [];
        }

        if (!value.IsList && !value.IsText)
        {
            return Wrong(value, key);
        }

        var values = Values(value, 0).Take(MostValues + 1).ToList();
        if (values.Count > MostValues)
        {
            shape.Add(value, place => CatalogueProblems.Circle(place, key));
        }

        return values;
    }

    IEnumerable<JsonNode> Values(LocatedJson value, int depth)
    {
        if (value.IsList)
        {
            return value.Items.SelectMany(item => Values(item, depth));
        }

        if (!value.IsText || !value.Text.StartsWith('@'))
        {
            return value.ToNode() is { } node && !value.IsObject ? [node] : Wrong(value, "values");
        }

        var name = value.Text[1..];
        if (depth > Deepest)
        {
            shape.Add(value, place => CatalogueProblems.Circle(place, value.Text));
            return [];
        }

        if (shared[name] is not { } found)
        {
            shape.Add(value, place => CatalogueProblems.NoSuch(place, "shared list", name, [.. shared.Members.Select(m => m.Name)]));
            return [];
        }

        return Values(found, depth + 1);
    }

    JsonNode[] Wrong(LocatedJson value, string key)
    {
        shape.Wrong(value, key, value.Word, "a list of texts, numbers or names like `@ratios`");
        return [];
    }
}
