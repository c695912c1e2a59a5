using System.Collections;

namespace BatchRunner.Templating.Values;

/// <summary>A list the template made: it grows, and may carry members of its own.</summary>
sealed class ListValue
{
    Value[] items;

    public ListValue(int capacity = 0) => items = capacity == 0 ? [] : new Value[capacity];

    public int Count { get; private set; }

    /// <summary>Members set on the list itself, such as <c>a.x = 1</c>.</summary>
    public MapValue? Members { get; set; }

    public Value this[int index]
    {
        get => items[index];
        set => items[index] = value;
    }

    public ReadOnlySpan<Value> Items => items.AsSpan(0, Count);

    public Span<Value> Writable => items.AsSpan(0, Count);

    public void Add(Value value)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, Math.Max(4, Count * 2));
        }

        items[Count++] = value;
    }

    public void PadTo(int count)
    {
        if (count > items.Length)
        {
            Array.Resize(ref items, count);
        }

        Count = Math.Max(Count, count);
    }
}

/// <summary>A list of the model, read in place and never written.</summary>
sealed class DataList(IList items)
{
    public int Count => items.Count;

    public object Identity => items;

    public Value this[int index] => Value.FromData(items[index]);
}

/// <summary>The integers from one to another, in either direction, without holding them.</summary>
sealed class RangeValue(long first, long count, int step)
{
    public long Count { get; } = count;

    public long First { get; } = first;

    public int Step { get; } = step;

    public long this[long index] => First + (index * Step);
}

/// <summary>An object the template made, in the order its members were added.</summary>
sealed class MapValue
{
    readonly Dictionary<string, Value> members = new(StringComparer.Ordinal);
    HashSet<string>? locked;

    public int Count => members.Count;

    public Dictionary<string, Value>.KeyCollection Keys => members.Keys;

    public Value this[string name]
    {
        get => members[name];
        set => members[name] = value;
    }

    public bool TryGet(string name, out Value value) => members.TryGetValue(name, out value);

    public bool IsLocked(string name) => locked is not null && locked.Contains(name);

    public void Lock(string name) => (locked ??= new(StringComparer.Ordinal)).Add(name);
}
