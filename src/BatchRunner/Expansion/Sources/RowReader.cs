using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>Reads the rows of an axis from whatever it is made of, and names them.</summary>
sealed class RowReader(Manifest manifest, DiagnosticBag problems, CancellationToken cancel)
{
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

        if (raw is { Rows.Count: 0, Sheet.Misfits.Count: > 0 })
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
        var form = new RowForm(variable.Name, columns)
        {
            IsSheet = raw.Sheet is not null,
            IsPlainValues = raw.IsPlainValues,
            LabelColumn = raw.IsPlainValues || (idColumn >= 0 && template is null) ? null : idColumn,
        };
        var rows = new PagedList<SourceRow>(raw.Rows.Count, (first, count) =>
            [.. Enumerable.Range(first, count).Select(i => new SourceRow(i, labels(i), raw.Rows[i], form))]);
        return Set(variable, raw, columns, rows) with
        {
            LabelColumn = template is not null ? -1 : Math.Max(idColumn, 0),
        };
    }

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
        var form = new RowForm(variable.Name, own) { IsSheet = raw.Sheet is not null, IsPlainValues = raw.IsPlainValues };
        return row =>
        {
            renderer.Bind(variable.Name, new SourceRow(row, "", raw.Rows[row], form));
            var label = renderer.Text(text);
            tally.Tell();
            return label;
        };
    }

    static RowSet Set(Variable variable, RawRows raw, TemplateColumns columns, IReadOnlyList<SourceRow> rows)
    {
        var sheet = raw.Sheet;
        return new(variable.Name, columns, [.. raw.Columns], rows)
        {
            IsPlainValues = raw.IsPlainValues,
            BringsRequests = raw.Sheet is null,
            CellPlace = (row, column) => Place(sheet, row, column),
        };
    }

    static SourcePlace? Place(Sheet? from, SourceRow row, int column) =>
        from is { } sheet
            ? column < sheet.Columns.Count ? sheet.CellOf(row.Raw.Start, row.Place.Line, column) : null
            : column < row.Raw.Places.Count ? row.Raw.Places[column] : null;
}
