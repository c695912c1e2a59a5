using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Shape;

/// <summary>Texts that are templates, without the blanks around them: a block scalar's last break is nobody's wish.</summary>
static class Trimmed
{
    public static Node Of(Node node) => node switch
    {
        ScalarNode scalar => Of(scalar),
        ListNode list => list with { Items = [.. list.Items.Select(Of)] },
        MapNode map => Of(map),
        _ => node,
    };

    public static MapNode Of(MapNode map) =>
        map with { Entries = [.. map.Entries.Select(entry => entry with { Value = Of(entry.Value) })] };

    public static ScalarNode Of(ScalarNode scalar)
    {
        var text = scalar.Text.Trim();
        return !scalar.IsText || text.Length == scalar.Text.Length
            ? scalar
            : new(scalar.Place, text, text, new Shifted(scalar, scalar.Text.Length - scalar.Text.TrimStart().Length));
    }

    /// <summary>A trimmed text's places, found in the whole one.</summary>
    sealed class Shifted(ScalarNode whole, int start) : ScalarMap
    {
        public override SourcePlace Place(ScalarNode scalar, int offset, int length) =>
            whole.At(start + offset, length);
    }
}
