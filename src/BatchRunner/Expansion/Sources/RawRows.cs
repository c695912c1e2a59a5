using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Manifests;

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
/// <param name="Values">By column, as templates read them.</param>
/// <param name="Texts">By column, as text; null where blank or not text.</param>
/// <param name="Place">The line, or the item.</param>
sealed record RawRow(IReadOnlyList<object?> Values, IReadOnlyList<string?> Texts, SourcePlace Place)
{
    /// <summary>Where it starts in its sheet, in bytes.</summary>
    public long Start { get; init; }

    public MapNode? Request { get; init; }

    /// <summary>By column, for rows from the manifest.</summary>
    public IReadOnlyList<SourcePlace?> Places { get; init; } = [];
}
