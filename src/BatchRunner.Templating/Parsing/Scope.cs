using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>The names of one function while it is read: parameters and plain names, and <c>$</c> variables.</summary>
sealed class Scope(Scope? outer, bool hasParameters, bool isAnonymous)
{
    readonly Dictionary<string, int> locals = new(StringComparer.Ordinal);
    readonly HashSet<string> parameters = new(StringComparer.Ordinal);

    public Scope? Outer => outer;

    /// <summary>Plain names with their slots, or null where they are globals. A <c>do</c> shares those around it.</summary>
    public Symbols? Names { get; } = hasParameters ? new Symbols() : isAnonymous ? outer?.Names : null;

    public int LocalCount => locals.Count;

    public bool AddParameter(string name) => parameters.Add(name);

    public bool IsParameter(string name) => parameters.Contains(name) || (isAnonymous && outer is not null && outer.IsParameter(name));

    public int LocalSlot(string name)
    {
        if (!locals.TryGetValue(name, out var slot))
        {
            locals[name] = slot = locals.Count;
        }

        return slot;
    }
}
