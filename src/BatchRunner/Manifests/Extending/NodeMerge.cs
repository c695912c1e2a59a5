using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Extending;

/// <summary>Lays one map over another: maps key by key, everything else replaced, a blank value takes a key out.</summary>
sealed class NodeMerge(DiagnosticBag problems)
{
    public MapNode Merge(MapNode below, MapNode above) => Merge(below, above, isData: false);

    MapNode Merge(MapNode below, MapNode above, bool isData)
    {
        List<MapEntry> merged = [.. below.Entries];
        foreach (var entry in above.Entries)
        {
            var index = merged.FindIndex(under => under.Key == entry.Key);
            var isDataBelow = isData || entry.Key is "constants" or "request";
            if (entry.Value is NullNode && index >= 0)
            {
                merged.RemoveAt(index);
            }
            else if (entry.Value is NullNode && !isDataBelow)
            {
                // In data a blank value may be meant; elsewhere it names something that isn't there.
                problems.Add(ManifestProblems.NothingToRemove(
                    entry.KeyPlace, entry.Key, Nearest.Hint(entry.Key, below.Entries.Select(under => under.Key))));
            }
            else if (index < 0)
            {
                merged.Add(entry);
            }
            else
            {
                merged[index] = merged[index].Value is MapNode low && entry.Value is MapNode high
                    ? entry with { Value = Merge(low, high, isDataBelow) }
                    : entry;
            }
        }

        return new(above.Place, merged);
    }
}
