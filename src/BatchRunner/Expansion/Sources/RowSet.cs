using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>The rows of one axis, read and named. It does not know how they are combined.</summary>
/// <param name="Name">What templates call the axis.</param>
/// <param name="Columns">Every name a template may read; `id` is always among them.</param>
/// <param name="OwnColumns">The columns the user wrote, without an `id` that was added.</param>
/// <param name="Rows">In order.</param>
sealed record RowSet(string Name, TemplateColumns Columns, IReadOnlyList<string> OwnColumns, IReadOnlyList<SourceRow> Rows)
{
    /// <summary>The values are plain: <c>{{ style }}</c> is the value itself.</summary>
    public bool IsPlainValues { get; init; }

    /// <summary>The column rows are named by, or -1: an `id` template names them.</summary>
    public int LabelColumn { get; init; } = -1;

    /// <summary>Finds a cell again; only asked when something is wrong with it.</summary>
    public required Func<SourceRow, int, SourcePlace?> CellPlace { get; init; }

    /// <summary>Where a value of a row stands.</summary>
    public SourcePlace PlaceOf(SourceRow row, int column) => CellPlace(row, column) ?? row.Place;
}

/// <summary>One row of an axis.</summary>
/// <param name="Index">Its position on the axis, from 0.</param>
/// <param name="Label">What it is called; unique on the axis.</param>
/// <param name="Values">By column of the set: null where blank, a <see cref="Cell"/>, or any value from YAML.</param>
/// <param name="Place">Its line, its item in the manifest, or the glob that found it.</param>
/// <param name="Request">The request fields it brings, or null.</param>
sealed record SourceRow(int Index, string Label, IReadOnlyList<object?> Values, SourcePlace Place, MapNode? Request)
{
    /// <summary>It has a line of its own in a sheet.</summary>
    public bool IsOnLine { get; init; }

    /// <summary>What templates get under the axis' name: a <see cref="TemplateRow"/>, or the plain value.</summary>
    public object? Model { get; init; }

    /// <summary>Its values as text, by own column, for results.csv.</summary>
    public required IReadOnlyList<string?> Texts { get; init; }
}
