using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>Reads the rows of an axis from whatever it is made of, and names them.</summary>
sealed class RowReader(Manifest manifest, DiagnosticBag problems, CancellationToken cancel)
{
    // A value of a list has no columns of its own, but a name like every row.
    static readonly TemplateColumns PlainColumns = new(["id"]);

    /// <summary>The rows; null if a problem was told.</summary>
    public RowSet? Read(Variable variable)
    {
        var raw = variable.Source switch
        {
            SheetSource sheet => SheetRows.Read(sheet, problems, cancel),
            FilesSource files => FileRows.Read(files, manifest, problems),
            ListSource list => ListRows.Read(list, variable.Name),
            _ => null,
        };
        if (raw is null)
        {
            return null;
        }

        if (raw.Rows.Count == 0)
        {
            problems.Add(RowProblems.NoRows(variable.Source, variable.Name));
            return null;
        }

        return Named(variable, raw);
    }

    RowSet? Named(Variable variable, RawRows raw)
    {
        var own = new TemplateColumns(raw.Columns);
        var template = variable.Source.Id is { } id ? IdTemplate(variable, raw, own, id) : null;
        if (variable.Source.Id is not null && template is null)
        {
            return null;
        }

        var labels = new RowLabels(variable, raw, own, template, problems).All();
        if (labels is null)
        {
            return null;
        }

        // Wherever the name comes from, `axis.id` is there to be read.
        var idColumn = template is null ? own.IndexOf("id") : raw.Columns.ToList().IndexOf("id");
        var columns = idColumn < 0 ? new TemplateColumns([.. raw.Columns, "id"]) : own;
        var rows = raw.Rows.Select((row, i) =>
        {
            var values = raw.IsPlainValues || (idColumn >= 0 && template is null) ? row.Values : WithId(row.Values, idColumn, labels[i]);
            return Row(variable, raw, columns, i, labels[i], values);
        }).ToList();
        return Set(variable, raw, columns, rows) with
        {
            LabelColumn = template is not null ? -1 : Math.Max(idColumn, 0),
        };
    }

    static IReadOnlyList<object?> WithId(IReadOnlyList<object?> values, int column, string label) =>
        column < 0
            ? [.. values, new Cell(label)]
            : [.. values.Select((value, i) => i == column ? new Cell(label) : value)];

    // Names a row before the axis has its names: it may read its own columns and the constants.
    Func<int, string?>? IdTemplate(Variable variable, RawRows raw, TemplateColumns own, ScalarNode id)
    {
        var unnamed = Set(variable, raw, own, []);
        var axes = new Dictionary<string, RowSet>(StringComparer.Ordinal) { [variable.Name] = unnamed };
        var templates = new TemplateSet(new Scope(axes, manifest.Constants), problems);
        if (templates.Text(id) is not { } text)
        {
            return null;
        }

        var tally = new Tally(problems);
        var renderer = new Renderer(axes, tally, cancel);
        renderer.SetConstants(manifest.Constants);
        return row =>
        {
            renderer.Bind(variable.Name, Row(variable, raw, own, row, "", raw.Rows[row].Values));
            var label = renderer.Text(text);
            tally.Tell();
            return label;
        };
    }

    static SourceRow Row(
        Variable variable, RawRows raw, TemplateColumns columns, int index, string label, IReadOnlyList<object?> values)
    {
        var row = raw.Rows[index];
        return new SourceRow(index, label, values, row.Place, row.Request)
        {
            IsOnLine = raw.Sheet is not null,
            Texts = row.Texts,
            Model = raw.IsPlainValues
                ? new TemplateRow(variable.Name, PlainColumns, [new Cell(label)]) { IsPlain = true, Value = row.Values[0] }
                : new TemplateRow(variable.Name, columns, values),
        };
    }

    static RowSet Set(Variable variable, RawRows raw, TemplateColumns columns, IReadOnlyList<SourceRow> rows) =>
        new(variable.Name, columns, [.. raw.Columns], rows)
        {
            IsPlainValues = raw.IsPlainValues,
            CellPlace = (row, column) => Place(raw, row, column),
        };

    static SourcePlace? Place(RawRows raw, SourceRow row, int column) =>
        raw.Sheet is { } sheet
            ? column < sheet.Columns.Count ? sheet.CellOf(raw.Rows[row.Index].Start, row.Place.Line, column) : null
            : raw.Rows[row.Index].Places is { } places && column < places.Count ? places[column] : null;
}
