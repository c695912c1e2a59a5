using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>Reads the rows of an axis from whatever it is made of, and names them.</summary>
sealed class RowReader(string manifestFolder, Func<ScalarNode, TemplateModel, string?> render, DiagnosticBag problems)
{
    /// <summary>The rows; null if a problem was told.</summary>
    public RowSet? Read(Variable variable, CancellationToken cancel)
    {
        var raw = variable.Source switch
        {
            SheetSource sheet => SheetRows.Read(sheet, problems, cancel),
            FilesSource files => FileRows.Read(files, manifestFolder, problems),
            ListSource list => ListRows.Read(list, variable.Name, problems),
            _ => null,
        };
        if (raw is null)
        {
            return null;
        }

        if (raw.Rows.Count == 0)
        {
            problems.Add(SheetProblems.NoRows(variable.Source, variable.Name));
            return null;
        }

        return Named(variable, raw);
    }

    RowSet? Named(Variable variable, RawRows raw)
    {
        var own = new TemplateColumns(raw.Columns);
        var labels = new RowLabels(variable, raw, own, render, problems).All();
        if (labels is null)
        {
            return null;
        }

        // Wherever the name comes from, `axis.id` is there to be read.
        var idColumn = variable.Source.Id is null ? own.IndexOf("id") : raw.Columns.ToList().IndexOf("id");
        var columns = idColumn < 0 ? new TemplateColumns([.. raw.Columns, "id"]) : own;
        var isNamedByTemplate = variable.Source.Id is not null;
        var rows = raw.Rows.Select((row, i) =>
        {
            IReadOnlyList<object?> values =
                raw.IsPlainValues ? row.Values
                : idColumn < 0 ? [.. row.Values, new Cell(labels[i])]
                : isNamedByTemplate ? [.. row.Values.Select((value, c) => c == idColumn ? new Cell(labels[i]) : value)]
                : row.Values;
            return new SourceRow(i, labels[i], values, row.Place, row.Request)
            {
                Texts = row.Texts,
                Model = raw.IsPlainValues ? row.Values[0] : new TemplateRow(variable.Name, columns, values),
            };
        }).ToList();
        return new RowSet(variable.Name, columns, raw.Columns.Count, rows)
        {
            IsPlainValues = raw.IsPlainValues,
            LabelColumn = isNamedByTemplate ? -1 : Math.Max(idColumn, 0),
            CellPlace = Places(raw),
        };
    }

    static Func<SourceRow, int, SourcePlace?> Places(RawRows raw) =>
        raw.Sheet is { } sheet
            ? (row, column) => column < sheet.Columns.Count ? sheet.CellOf(raw.Rows[row.Index].Start, row.Place.Line, column) : null
            : (row, column) => raw.Rows[row.Index].Places is { } places && column < places.Count ? places[column] : null;
}
