using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Requests;

/// <summary>
/// Lays requests over one another: the manifest's lowest, then the arm's and the values', which may not set one field twice.
/// Maps merge to any depth, lists and texts are replaced, `~` takes a field out.
/// </summary>
sealed class RequestLayers(Manifest manifest, TemplateSet templates, DiagnosticBag problems)
{
    public const string ImageField = "promptImage";

    readonly Dictionary<string, RequestMap?> merged = new(StringComparer.Ordinal);
    MapNode? lowest;

    /// <summary>The request of an arm and the values that bring fields; null if a problem was told.</summary>
    public RequestMap? Of(Arm? arm, IReadOnlyList<(string Key, MapNode Request)> values)
    {
        var key = $"{arm?.Name}\n{string.Join('\n', values.Select(value => value.Key))}";
        if (merged.TryGetValue(key, out var known))
        {
            return known;
        }

        var before = problems.Count;
        var upper = new MapNode(manifest.Request.Place, []);
        foreach (var layer in values.Select(value => value.Request).Prepend(arm?.Request).OfType<MapNode>())
        {
            upper = BesideEachOther(upper, layer, "");
        }

        var result = problems.Count == before && Parsed(Over(Lowest(), upper)) is RequestMap map && problems.Count == before ? map : null;
        return merged[key] = result;
    }

    /// <summary>Checks the templates of a value's request, before it is known which arms it meets.</summary>
    public void Check(MapNode? request)
    {
        if (request is not null)
        {
            Parsed(request);
        }
    }

    MapNode Lowest()
    {
        if (lowest is not null)
        {
            return lowest;
        }

        if (manifest.Image is not { Value: not NullNode } image)
        {
            return lowest = manifest.Request;
        }

        if (manifest.Request[ImageField] is { } twice)
        {
            problems.Add(RequestProblems.SetTwice(ImageField, twice.KeyPlace, image.KeyPlace));
        }

        return lowest = manifest.Request with { Entries = [image with { Key = ImageField }, .. manifest.Request.Entries] };
    }

    MapNode BesideEachOther(MapNode a, MapNode b, string path)
    {
        var entries = a.Entries.ToList();
        foreach (var entry in b.Entries)
        {
            var at = entries.FindIndex(one => one.Key == entry.Key);
            if (at < 0)
            {
                entries.Add(entry);
            }
            else if (entries[at].Value is MapNode mine && entry.Value is MapNode theirs)
            {
                entries[at] = entries[at] with { Value = BesideEachOther(mine, theirs, $"{path}{entry.Key}.") };
            }
            else
            {
                problems.Add(RequestProblems.SetTwice(path + entry.Key, entry.KeyPlace, entries[at].KeyPlace));
            }
        }

        return a with { Entries = entries };
    }

    static MapNode Over(MapNode lower, MapNode upper)
    {
        var entries = lower.Entries.ToList();
        foreach (var entry in upper.Entries)
        {
            var at = entries.FindIndex(one => one.Key == entry.Key);
            if (at < 0)
            {
                entries.Add(entry);
            }
            else if (entries[at].Value is MapNode below && entry.Value is MapNode above)
            {
                entries[at] = entries[at] with { Value = Over(below, above) };
            }
            else
            {
                entries[at] = entry;
            }
        }

        return lower with { Entries = entries };
    }

    RequestNode Parsed(Node node) => node switch
    {
        ScalarNode { IsText: true } text => new RequestScalar(text, templates.Text(text, "take", "prompt")),
        ScalarNode scalar => new RequestScalar(scalar, null),
        ListNode list => new RequestList(list.Place, [.. list.Items.Select(Parsed)]),
        MapNode map => new RequestMap(
            map.Place,
            [
                .. map.Entries.Where(entry => entry.Value is not NullNode)
                    .Select(entry => new RequestField(entry.Key, entry.KeyPlace, Parsed(entry.Value))),
            ]),
        _ => new RequestNothing(node.Place),
    };
}
