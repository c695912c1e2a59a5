using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Shape;

/// <summary>A map by the keys that are valid in it; what is not valid there is told when it is opened.</summary>
sealed class Fields
{
    readonly KeyTable table;
    readonly MapNode map;
    readonly ShapeProblems problems;

    Fields(KeyTable table, MapNode map, ShapeProblems problems) =>
        (this.table, this.map, this.problems) = (table, map, problems);

    public SourcePlace Place => map.Place;

    /// <summary>It holds only keys that are valid: what is missing is then not merely misspelt.</summary>
    public bool HasOnlyKnownKeys => map.Entries.All(entry => table.Keys.Contains(entry.Key));

    /// <summary>A key that is written with a value; a blank value is told and then counts as not written.</summary>
    /// <exception cref="ArgumentException">The key is not in the table: then the schema would not know it either.</exception>
    public MapEntry? this[string key]
    {
        get
        {
            if (!table.Keys.Contains(key))
            {
                throw new ArgumentException($"`{key}` is no key of {table.Where}", nameof(key));
            }

            return map[key] is { Value: not NullNode } entry ? entry : null;
        }
    }

    /// <summary>Opens a map; null and a problem if the value is none.</summary>
    public static Fields? Open(string name, Node node, KeyTable table, ShapeProblems problems)
    {
        if (node is not MapNode map)
        {
            problems.Breaking(ManifestProblems.WrongType(node.Place, name, Kinds.Of(node), "a map"));
            return null;
        }

        foreach (var entry in map.Entries)
        {
            if (table.Reserved.TryGetValue(entry.Key, out var today))
            {
                problems.Add(
                    ManifestProblems.Reserved(entry.KeyPlace, entry.Key, today), ManifestKeys.StandIns.Contains(entry.Key));
            }
            else if (!table.Keys.Contains(entry.Key))
            {
                problems.Add(
                    ManifestProblems.UnknownKey(entry.KeyPlace, entry.Key, table.Where, Hint(entry.Key, table)),
                    isBreaking: IsMissed(entry.Key, map, table));
            }
            else if (entry.Value is NullNode)
            {
                problems.Breaking(ManifestProblems.Blank(entry.KeyPlace, entry.Key, "a value"));
            }
        }

        return new(table, map, problems);
    }

    /// <summary>A single value; null and a problem if it is a map or a list.</summary>
    public ScalarNode? Scalar(string key, string expected) =>
        this[key] is { } entry ? Scalar(key, entry.Value, expected) : null;

    /// <summary>Text as written; null and a problem if it is a number, a boolean, a map or a list.</summary>
    public ScalarNode? Text(string key, string expected)
    {
        var scalar = Scalar(key, expected);
        if (scalar is null or { IsText: true })
        {
            return scalar;
        }

        problems.Breaking(ManifestProblems.WrongType(
            scalar.Place, key, Kinds.Of(scalar), expected,
            $"write it in quotes if text is meant: `\"{scalar.Text}\"`"));
        return null;
    }

    public MapNode? Map(string key, string expected) => this[key] is { } entry ? Map(key, entry.Value, expected) : null;

    public ListNode? List(string key, string expected)
    {
        if (this[key] is not { } entry)
        {
            return null;
        }

        if (entry.Value is not ListNode list)
        {
            problems.Breaking(ManifestProblems.WrongType(entry.Value.Place, key, Kinds.Of(entry.Value), expected));
            return null;
        }

        return list;
    }

    ScalarNode? Scalar(string key, Node node, string expected)
    {
        if (node is ScalarNode scalar)
        {
            return scalar;
        }

        problems.Breaking(ManifestProblems.WrongType(node.Place, key, Kinds.Of(node), expected));
        return null;
    }

    MapNode? Map(string key, Node node, string expected)
    {
        if (node is MapNode found)
        {
            return found;
        }

        problems.Breaking(ManifestProblems.WrongType(node.Place, key, Kinds.Of(node), expected));
        return null;
    }

    // What was meant by it is missing now, so the rest of the manifest would only say so in other words.
    static bool IsMissed(string key, MapNode map, KeyTable table) =>
        table != ManifestKeys.Limits && table != ManifestKeys.Screening
        && (Nearest.To(key, table.Keys) is { } meant ? map[meant] is null
            : table == ManifestKeys.Top
                ? ManifestKeys.InRequest.Contains(key) || ManifestKeys.Matrix.Keys.Contains(key)
                : table != ManifestKeys.Template || ManifestKeys.InRequest.Contains(key));

    // The nearest key valid here, else the level where this very key is valid.
    static string? Hint(string key, KeyTable table)
    {
        if (Nearest.Hint(key, table.Keys) is { } nearest)
        {
            return nearest;
        }

        if (table == ManifestKeys.Top && ManifestKeys.InRequest.Contains(key))
        {
            return "write it under `request`";
        }

        var home = new[] { ManifestKeys.Limits, ManifestKeys.Matrix, ManifestKeys.Screening, ManifestKeys.Top }
            .FirstOrDefault(other => other != table && other.Keys.Contains(key));
        return home is null ? null
            : home == ManifestKeys.Top ? "write it without indentation, as a key of the manifest"
            : $"write it under {home.Where}";
    }
}
