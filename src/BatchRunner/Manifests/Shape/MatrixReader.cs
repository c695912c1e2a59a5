using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Shape;

/// <summary>Reads `matrix`: the expression that keeps, the maps that drop, the axes that are paired.</summary>
sealed class MatrixReader(IReadOnlyList<string> axes, ShapeProblems problems)
{
    const string ZipExpected = "a list of variables, or a list of such lists";

    public Matrix Read(MapEntry? matrix)
    {
        if (matrix is null || Fields.Open("matrix", matrix.Value, ManifestKeys.Matrix, problems) is not { } fields)
        {
            return Matrix.All;
        }

        var exclude = fields.List("exclude", "a list of maps")?.Items.Select(Exclude).OfType<Exclusion>();
        return new(Where(fields), [.. exclude ?? []], Zip(fields.List("zip", ZipExpected)));
    }

    ScalarNode? Where(Fields fields)
    {
        if (fields.Scalar("where", "an expression") is not { } scalar)
        {
            return null;
        }

        var where = Trimmed.Of(scalar);
        if (where.Text.StartsWith("{{", StringComparison.Ordinal))
        {
            var inner = where.Text.EndsWith("}}", StringComparison.Ordinal) ? where.Text[2..^2].Trim() : null;
            problems.Breaking(ManifestProblems.WhereInBraces(
                where.Place, inner?.Contains("{{", StringComparison.Ordinal) == false && inner.Length > 0
                    ? Excerpt.Of(inner)
                    : null));
            return null;
        }

        if (where.Text.Length == 0)
        {
            problems.Breaking(ManifestProblems.Empty(where.Place, "where", "an expression"));
            return null;
        }

        return where;
    }

    Exclusion? Exclude(Node item)
    {
        if (item is not MapNode map)
        {
            problems.Breaking(ManifestProblems.WrongType(
                item.Place, "exclude", $"a list with {Kinds.Of(item)} in it",
                "a list of maps such as `{ template: bold }`"));
            return null;
        }

        if (map.Entries.Count == 0)
        {
            problems.Breaking(ManifestProblems.Empty(map.Place, "exclude", "at least one variable with a label"));
        }

        return new(map.Place, [.. map.Entries.Select(Excluded).OfType<ExcludedAxis>()]);
    }

    ExcludedAxis? Excluded(MapEntry entry)
    {
        CheckAxis(entry.Key, entry.KeyPlace);
        var labels = entry.Value is ListNode list ? list.Items : [entry.Value];
        foreach (var label in labels.Where(label => label is not ScalarNode))
        {
            problems.Breaking(
                ManifestProblems.WrongType(label.Place, entry.Key, Kinds.Of(label), "a label, or a list of labels"));
        }

        if (labels.Count == 0)
        {
            problems.Breaking(ManifestProblems.Empty(entry.Value.Place, entry.Key, "a label, or a list of labels"));
        }

        return new(entry.Key, entry.KeyPlace, [.. labels.OfType<ScalarNode>()]);
    }

    IReadOnlyList<ZipGroup> Zip(ListNode? zip)
    {
        if (zip is null || zip.Items.Count == 0)
        {
            return [];
        }

        IReadOnlyList<ListNode> lists = zip.Items.All(item => item is ListNode)
            ? [.. zip.Items.OfType<ListNode>()]
            : [zip];
        Dictionary<string, SourcePlace> zipped = [];
        return [.. lists.Select(list => Group(list, zipped))];
    }

    ZipGroup Group(ListNode list, Dictionary<string, SourcePlace> zipped)
    {
        foreach (var item in list.Items)
        {
            if (item is not ScalarNode axis)
            {
                var found = item is ListNode ? "a mix of variables and lists" : $"a list with {Kinds.Of(item)} in it";
                problems.Breaking(ManifestProblems.WrongType(item.Place, "zip", found, ZipExpected));
            }
            else if (zipped.TryGetValue(axis.Text, out var first))
            {
                problems.Breaking(ManifestProblems.ZippedTwice(axis.Place, axis.Text, first));
            }
            else
            {
                zipped.Add(axis.Text, axis.Place);
                CheckAxis(axis.Text, axis.Place);
            }
        }

        if (list.Items.Count < 2)
        {
            problems.Breaking(ManifestProblems.ZipOfOne(list.Place, list.Items.Count));
        }

        return new(list.Place, [.. list.Items.OfType<ScalarNode>()]);
    }

    void CheckAxis(string name, SourcePlace place)
    {
        if (!axes.Contains(name))
        {
            problems.Breaking(ManifestProblems.UnknownAxis(place, Excerpt.Of(name), Nearest.Hint(name, axes)));
        }
    }
}
