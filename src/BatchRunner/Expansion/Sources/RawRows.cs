using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>Rows as a source has them, before they are named.</summary>
sealed record RawRows(IReadOnlyList<string> Columns, IReadOnlyList<RawRow> Rows)
{
    /// <summary>The one column is the value itself.</summary>
    public bool IsPlainValues { get; init; }

    /// <summary>The sheet they came from, or null.</summary>
    public Sheet? Sheet { get; init; }
}

/// <summary>A row before it is named.</summary>
/// <param name="Texts">By column, as text; null where blank or not text.</param>
/// <param name="Place">The line, or the item.</param>
sealed record RawRow(IReadOnlyList<string?> Texts, SourcePlace Place)
{
    readonly IReadOnlyList<object?>? values;

    /// <summary>By column, as templates read them: texts are cells unless they are given otherwise.</summary>
    public IReadOnlyList<object?> Values
    {
        get => values ?? Cells();
        init => values = value;
    }

    /// <summary>Where it starts in its sheet, in bytes.</summary>
    public int Start { get; init; }

    public MapNode? Request { get; init; }

    /// <summary>By column, for rows from the manifest.</summary>
    public IReadOnlyList<SourcePlace?> Places { get; init; } = [];

    object?[] Cells()
    {
        var cells = new object?[Texts.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Texts[i] is { } text ? new Cell(text) : null;
        }

        return cells;
    }
}
