using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>Turns data from the manifest into what templates read. Data is never rendered.</summary>
static class NodeValues
{
    /// <param name="node">Constants, or a value of a list.</param>
    /// <param name="name">What templates call it, for messages.</param>
    public static object? Of(Node node, string name) => node switch
    {
        ScalarNode scalar => scalar.Value,
        ListNode list => list.Items.Select(item => Of(item, name)).ToList(),
        MapNode map => Map(map, name),
        _ => null,
    };

    static TemplateMap Map(MapNode map, string name)
    {
        var values = new TemplateMap { Name = name };
        foreach (var entry in map.Entries)
        {
            values[entry.Key] = Of(entry.Value, name.Length == 0 ? entry.Key : $"{name}.{entry.Key}");
        }

        return values;
    }
}
