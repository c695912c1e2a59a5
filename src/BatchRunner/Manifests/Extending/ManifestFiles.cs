using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;
using BatchRunner.Manifests.Yaml;

namespace BatchRunner.Manifests.Extending;

/// <summary>Reads a manifest and every file it extends, and lays them over each other.</summary>
sealed class ManifestFiles(PathRules paths, DiagnosticBag problems)
{
    const int MaxDepth = 4;
    const int MaxFiles = 16;

    int count;

    /// <summary>The merged map of a manifest; null and problems if any of its files can't be read.</summary>
    public MapNode? Load(SourceFile file) => Load(file, null, []);

    MapNode? Load(SourceFile file, SourcePlace? place, IReadOnlyList<SourceFile> chain)
    {
        if (place is { } written && Stops(file, written, chain) is { } stop)
        {
            problems.Add(stop);
            return null;
        }

        if (PathRules.Read(file, SourceText.MaxBytes, place, problems) is not { } bytes
            || SourceText.Read(file, bytes, problems) is not { } source
            || YamlReader.Read(source, problems) is not { } root)
        {
            return null;
        }

        if (root is not MapNode map)
        {
            problems.Add(ManifestProblems.NotAMap(root.Place, Shape.Kinds.Of(root)));
            return null;
        }

        // Another version may mean anything by its keys: nothing else is said about the file.
        return HasVersion(map) ? LayOver(file, map, chain) : null;
    }

    Diagnostic? Stops(SourceFile file, SourcePlace place, IReadOnlyList<SourceFile> chain)
    {
        var start = chain.ToList().FindIndex(above => above.FullPath == file.FullPath);
        return start >= 0 ? ManifestProblems.Circle(place, chain.Skip(start).Append(file).Select(link => link.Path))
            : chain.Count > MaxDepth
                ? ManifestProblems.TooDeep(place, MaxDepth, chain.Append(file).Select(link => link.Path))
            : ++count > MaxFiles ? ManifestProblems.TooMany(place, MaxFiles)
            : null;
    }

    bool HasVersion(MapNode map)
    {
        switch (map["version"])
        {
            case { Value: ScalarNode { Value: 1L } }:
                return true;
            case { Value: not NullNode and var other }:
                problems.Add(ManifestProblems.OtherVersion(other.Place, Shape.Kinds.Of(other)));
                return false;
            default:
                // The rest is read all the same: it is most likely version 1.
                problems.Add(ManifestProblems.NoVersion(map["version"]?.KeyPlace ?? map.Place));
                return true;
        }
    }

    MapNode? LayOver(SourceFile file, MapNode map, IReadOnlyList<SourceFile> chain)
    {
        IReadOnlyList<SourceFile> here = [.. chain, file];
        MapNode? below = null;
        var isWhole = true;
        var merge = new NodeMerge(problems);
        foreach (var path in Extended(map))
        {
            var found = paths.Resolve(path.Text, file, path.Place);
            if (found.Problem is { } problem)
            {
                problems.Add(problem);
            }

            var next = found.File is { } base_ ? Load(base_, path.Place, here) : null;
            isWhole &= next is not null;

            // A base's name is its own, and what it extends is already in it.
            var body = next is null
                ? null
                : next with { Entries = [.. next.Entries.Where(entry => entry.Key is not ("name" or "extends"))] };
            below = below is null || body is null ? body ?? below : merge.Merge(below, body);
        }

        // A blank version was told as a missing one.
        var own = map with
        {
            Entries = [.. map.Entries.Where(entry => entry is not ({ Key: "extends" } or { Key: "version", Value: NullNode }))],
        };
        return !isWhole ? null : below is null ? own : merge.Merge(below, own);
    }

    IEnumerable<ScalarNode> Extended(MapNode map)
    {
        if (map["extends"] is not { } entry)
        {
            yield break;
        }

        var items = entry.Value is ListNode list ? list.Items : [entry.Value];
        foreach (var item in items)
        {
            if (item is ScalarNode { IsText: true } path)
            {
                yield return path;
            }
            else
            {
                problems.Add(item is NullNode
                    ? ManifestProblems.Blank(entry.KeyPlace, "extends", "a path, or a list of paths")
                    : ManifestProblems.WrongType(
                        item.Place, "extends", Shape.Kinds.Of(item), "a path, or a list of paths"));
            }
        }
    }
}
