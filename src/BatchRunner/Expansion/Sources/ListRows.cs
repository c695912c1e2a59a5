using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Sources;

/// <summary>Rows from a list in the manifest, whose items are values or maps throughout. A member only some maps have is null in the others.</summary>
static class ListRows
{
    const string RequestKey = "request";

    public static RawRows Read(ListSource source, string axis)
    {
        var items = source.Items.Items;
        var maps = items.OfType<MapNode>().ToList();
        if (maps.Count == 0)
        {
            return new RawRows(["value"], [.. items.Select(item => Value(item, axis))]) { IsPlainValues = true };
        }

        var columns = maps.SelectMany(map => map.Entries).Select(entry => entry.Key)
            .Where(key => key != RequestKey)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new RawRows(columns, [.. maps.Select(map => Row(map, columns, axis))]);
    }

    static RawRow Value(Node item, string axis) =>
        new([(item as ScalarNode)?.Text], item.Place) { Values = [NodeValues.Of(item, axis)] };

    static RawRow Row(MapNode map, List<string> columns, string axis)
    {
        var nodes = columns.Select(column => map[column]?.Value).ToList();
        return new RawRow(
            [.. nodes.Select(node => (node as ScalarNode)?.Text)],
            map.Place)
        {
            Values = [.. nodes.Select((node, i) => node is null ? null : NodeValues.Of(node, $"{axis}.{columns[i]}"))],
            Request = map[RequestKey]?.Value as MapNode,
            Places = [.. nodes.Select(node => node?.Place)],
        };
    }
}
