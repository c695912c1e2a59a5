using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>Rows from a sheet, one per filled line.</summary>
static class SheetRows
{
    public static RawRows? Read(SheetSource source, DiagnosticBag problems, CancellationToken cancel)
    {
        if (SheetReader.Read(source, problems, cancel) is not { } sheet)
        {
            return null;
        }

        var isOurs = FormulaGuard.IsResults(sheet.Columns);
        var rows = new PagedList<RawRow>(sheet.Rows.Count, (first, count) => [.. sheet.RowsFrom(first, count).Select(row => Row(row, isOurs))]);
        return new RawRows(sheet.Columns, rows) { Sheet = sheet };
    }

    static RawRow Row(SheetRow row, bool isOurs)
    {
        var texts = row.Cells;
        if (isOurs)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = texts[i] is { } text ? FormulaGuard.Remove(text).Trim() : null;
            }
        }

        return new RawRow(texts, row.Place) { Start = row.Start };
    }
}
