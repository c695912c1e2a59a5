using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Extending;

/// <summary>Lays one map over another: maps key by key, everything else replaced, a blank value takes a key out.</summary>
sealed class NodeMerge(DiagnosticBag problems)
{
    public MapNode Merge(MapNode below, MapNode above) => Merge(below, above, isData: false);

    MapNode Merge(MapNode below, MapNode above, bool isData)
    {
        List<MapEntry?> merged = [.. below.Entries];
        var places = below.Entries.Index().ToDictionary(
            entry => entry.Item.Key, entry => entry.Index, StringComparer.Ordinal);
        foreach (var entry in above.Entries)
        {
            var isDataBelow = isData || entry.Key is "constants" or "request";
            if (!places.TryGetValue(entry.Key, out var index))
            {
                Add(entry, isDataBelow, below, merged);
            }
            else if (entry.Value is NullNode)
            {
                merged[index] = null;
            }
            else
            {
                merged[index] = merged[index]?.Value is MapNode low && entry.Value is MapNode high
                    ? entry with { Value = Merge(low, high, isDataBelow) }
                    : entry;
            }
        }

        return new(above.Place, [.. merged.OfType<MapEntry>()]);
    }

    void Add(MapEntry entry, bool isData, MapNode below, List<MapEntry?> merged)
    {
        if (entry.Value is not NullNode || isData)
        {
            merged.Add(entry);
            return;
        }

        // In data a blank value may be meant; elsewhere it names something that isn't there.
        problems.Add(ManifestProblems.NothingToRemove(
            entry.KeyPlace, entry.Key, Nearest.Hint(entry.Key, below.Entries.Select(under => under.Key))));
    }
}
