using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests;

/// <summary>A value the user wrote, with its place. YAML's own types do not leave this folder.</summary>
abstract record Node(SourcePlace Place);

/// <summary>Nothing: an empty value, <c>~</c> or <c>null</c>.</summary>
sealed record NullNode(SourcePlace Place) : Node(Place);

/// <summary>A scalar. Its value by YAML 1.2, and a number only if it prints back the same.</summary>
sealed record ScalarNode(SourcePlace Place, string Text, object Value, ScalarMap Map) : Node(Place)
{
    /// <summary>Written as text (or quoted), not as a number or boolean.</summary>
    public bool IsText => Value is string;

    /// <summary>Where a part of <see cref="Text"/> stands in the file, through block scalars, quotes and escapes.</summary>
    public SourcePlace At(int offset, int length) => Map.Place(this, offset, length);
}

/// <summary>A sequence.</summary>
sealed record ListNode(SourcePlace Place, IReadOnlyList<Node> Items) : Node(Place);

/// <summary>A mapping, in the order written; keys are unique texts.</summary>
sealed record MapNode(SourcePlace Place, IReadOnlyList<MapEntry> Entries) : Node(Place)
{
    public MapEntry? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>A key with its value.</summary>
sealed record MapEntry(string Key, SourcePlace KeyPlace, Node Value);
