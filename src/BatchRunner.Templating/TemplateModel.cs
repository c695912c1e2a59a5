namespace BatchRunner.Templating;

/// <summary>The global names a render may read. Cheap to make; one per job, or one reused with other values by one thread.</summary>
public sealed class TemplateModel
{
    readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>
    /// A global: null, <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>,
    /// <see cref="string"/>, <see cref="Cell"/>, <see cref="TemplateRow"/>, <see cref="TemplateMap"/> or a list of these.
    /// </summary>
    public object? this[string name]
    {
        get => values.GetValueOrDefault(name);
        set => values[name] = value;
    }

    /// <summary>Every global name.</summary>
    public IEnumerable<string> Names => values.Keys;

    internal bool TryGet(string name, out object? value) => values.TryGetValue(name, out value);
}

/// <summary>The text of one filled cell of a sheet: it prints and joins as text; arithmetic on it is a mistake under strict rules.</summary>
/// <param name="Text">The trimmed text, never empty: a blank cell is null.</param>
public sealed record Cell(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The columns of a sheet: any name, found exactly or by its plain name (lower case, other runs <c>_</c>).</summary>
public sealed class TemplateColumns
{
    readonly Dictionary<string, int> byName = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<int>> byPlainName = new(StringComparer.Ordinal);

    /// <summary>Columns in order. Exact names must differ.</summary>
    /// <exception cref="ArgumentException">Two names are the same.</exception>
    public TemplateColumns(IReadOnlyList<string> names)
    {
        Names = names;
        for (var i = 0; i < names.Count; i++)
        {
            byName.Add(names[i], i);
            var plain = PlainName(names[i]);
            if (!byPlainName.TryGetValue(plain, out var same))
            {
                byPlainName[plain] = same = [];
            }

            same.Add(i);
        }
    }

    /// <summary>The exact names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The column's index, or -1: unknown, or a plain name that several columns share.</summary>
    public int IndexOf(string name) =>
        byName.TryGetValue(name, out var index) ? index
        : byPlainName.TryGetValue(name, out var same) && same.Count == 1 ? same[0]
        : -1;

    /// <summary>The columns that share a plain name; empty if none has it.</summary>
    public IReadOnlyList<string> Sharing(string plainName) =>
        byPlainName.TryGetValue(plainName, out var same) ? [.. same.Select(i => Names[i])] : [];

    /// <summary>Lower case; runs of anything but letters and digits become <c>_</c>, none at either end.</summary>
    public static string PlainName(string name)
    {
        var plain = new System.Text.StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
            else if (plain.Length > 0 && plain[^1] != '_')
            {
                plain.Append('_');
            }
        }

        return plain.ToString().TrimEnd('_');
    }
}

/// <summary>One row of a variable set. Its members are its columns; it has no text of its own.</summary>
public sealed class TemplateRow(string name, TemplateColumns columns, IReadOnlyList<object?> values)
{
    /// <summary>The row is one plain value with a name: read whole, it is <see cref="Value"/>.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The value of a plain row.</summary>
    public object? Value { get; init; }

    /// <summary>What templates call the row: the axis.</summary>
    public string Name { get; } = name;

    /// <summary>The columns, shared by all rows of the sheet.</summary>
    public TemplateColumns Columns { get; } = columns;

    /// <summary>The values by column: null where blank, <see cref="Cell"/> from a sheet, or any value from a list in YAML.</summary>
    public IReadOnlyList<object?> Values { get; } = values;
}

/// <summary>A map of data from YAML or of the language itself, in the order its keys were added.</summary>
public sealed class TemplateMap
{
    readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>What templates call it, for messages; empty if it has no name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The keys in order.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>The value of a key, or null.</summary>
    public object? this[string key]
    {
        get => values.GetValueOrDefault(key);
        set => values[key] = value;
    }

    /// <summary>Finds a key's value.</summary>
    public bool TryGet(string key, out object? value) => values.TryGetValue(key, out value);

    internal bool Remove(string key) => values.Remove(key);
}
