namespace BatchRunner.Templating.Syntax;

/// <summary>The global names a text mentions, each with its slot. Fixed once the text is parsed.</summary>
sealed class Symbols
{
    readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);

    public int Count => slots.Count;

    /// <summary>Names in the order of their slots.</summary>
    public IEnumerable<string> Names => slots.Keys;

    /// <summary>How many <c>$</c> variables the text itself has.</summary>
    public int LocalCount { get; set; }

    public bool TryGet(string name, out int slot) => slots.TryGetValue(name, out slot);

    public int SlotOf(string name)
    {
        if (!slots.TryGetValue(name, out var slot))
        {
            slots[name] = slot = slots.Count;
        }

        return slot;
    }
}
