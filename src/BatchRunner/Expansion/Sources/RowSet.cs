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

    /// <summary>Its rows may bring request fields: they stand in the manifest.</summary>
    public bool BringsRequests { get; init; }

    /// <summary>Finds a cell again; only asked when something is wrong with it.</summary>
    public required Func<SourceRow, int, SourcePlace?> CellPlace { get; init; }

    /// <summary>Where a value of a row stands.</summary>
    public SourcePlace PlaceOf(SourceRow row, int column) => CellPlace(row, column) ?? row.Place;
}

/// <summary>One row of an axis.</summary>
/// <param name="Index">Its position on the axis, from 0.</param>
/// <param name="Label">What it is called; unique on the axis.</param>
/// <param name="Raw">As its source had it.</param>
/// <param name="Form">What it has in common with the others of its axis.</param>
sealed record SourceRow(int Index, string Label, RawRow Raw, RowForm Form)
{
    IReadOnlyList<object?>? values;

    /// <summary>Its line, its item in the manifest, or the glob that found it.</summary>
    public SourcePlace Place => Raw.Place;

    /// <summary>The request fields it brings, or null.</summary>
    public MapNode? Request => Raw.Request;

    /// <summary>It has a line of its own in a sheet.</summary>
    public bool IsOnLine => Form.IsSheet;

    /// <summary>By column of the set: null where blank, a <see cref="Cell"/>, or any value from YAML. The same objects each time.</summary>
    public IReadOnlyList<object?> Values => values ??= Form.ValuesOf(this);

    /// <summary>What templates get under the axis' name: a <see cref="TemplateRow"/>, or the plain value.</summary>
    public object? Model => Form.IsPlainValues
        ? new TemplateRow(Form.Axis, RowForm.PlainColumns, [new Cell(Label)]) { IsPlain = true, Value = Raw.Values[0] }
        : new TemplateRow(Form.Axis, Form.Columns, Values);

    /// <summary>Its values as text, by own column, for results.csv.</summary>
    public IReadOnlyList<string?> Texts => Raw.Texts;

    /// <summary>As jobs use it, shared by all of them; null until one does.</summary>
    public AxisRow? InJobs { get; set; }
}

/// <summary>What the rows of an axis have in common.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Columns">Every name a template may read.</param>
sealed record RowForm(string Axis, TemplateColumns Columns)
{
    /// <summary>A value of a list has no columns of its own, but a name like every row.</summary>
    public static readonly TemplateColumns PlainColumns = new(["id"]);

    /// <summary>Rows have a line of their own in a sheet.</summary>
    public bool IsSheet { get; init; }

    public bool IsPlainValues { get; init; }

    /// <summary>The column that gets the row's label, or -1: another one at the end; null: what is there stands.</summary>
    public int? LabelColumn { get; init; }

    public IReadOnlyList<object?> ValuesOf(SourceRow row)
    {
        var own = row.Raw.Values;
        return LabelColumn switch
        {
            null => own,
            < 0 => [.. own, new Cell(row.Label)],
            var column => [.. own.Select((value, i) => i == column ? new Cell(row.Label) : value)],
        };
    }
}
