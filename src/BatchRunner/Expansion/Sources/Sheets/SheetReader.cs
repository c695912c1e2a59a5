using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using CsvHelper;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>Reads a CSV or TSV sheet through CsvHelper: a header, then cells trimmed, blank ones null, wholly blank rows gone.</summary>
static class SheetReader
{
    const int MostColumns = 1_000;

    /// <summary>The cells of a sheet that no manifest names; null if a problem was told.</summary>
    public static Sheet? Read(SourceFile file, DiagnosticBag problems, CancellationToken cancel) =>
        Read(new SheetSource(new SourcePlace(file, 1, 1), null, file, null, null, 0), problems, cancel);

    /// <summary>The sheet's cells; null if a problem was told.</summary>
    public static Sheet? Read(SheetSource source, DiagnosticBag problems, CancellationToken cancel)
    {
        if (SheetBytes.Read(source, problems) is not { } whole
            || Delimiter.Of(source, whole, problems) is not { } recognised)
        {
            return null;
        }

        var (delimiter, bytes) = recognised;
        var sheet = new Sheet(bytes, delimiter);
        using var reader = CsvReader.Create(bytes.Bytes, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            PoolStrings = true,
            OnMalformedRecord = record => Tell(record, sheet, problems),
        });

        var before = problems.Count;
        string?[]? header = null;
        var width = 0;
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var cells = Cells(reader);
            if (Array.TrueForAll(cells, cell => cell is null))
            {
                continue;
            }

            var read = new SheetRow(cells, bytes.LinePlace((int)reader.LineNumber), reader.ByteOffset);
            if (header is null)
            {
                header = cells;
                sheet.Header = read;
                width = Array.FindLastIndex(cells, cell => cell is not null) + 1;
                continue;
            }

            if (Fitting(cells, header, width) is { } fitting)
            {
                sheet.Rows.Add(read with { Cells = fitting });
            }
            else
            {
                var filled = Array.FindLastIndex(cells, cell => cell is not null) + 1;
                sheet.Misfits.Add((read, cells.Length < width ? cells.Length : filled));
            }
        }

        if (problems.Count > before)
        {
            return null;
        }

        if (header is null)
        {
            problems.Add(SheetProblems.NoHeader(source));
            return null;
        }

        SheetProblems.AddMisfits(problems, sheet, width);
        return NameColumns(source, sheet, header, problems) && problems.Count == before ? sheet : null;
    }

    static string?[] Cells(CsvReader reader)
    {
        var cells = new string?[reader.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            var text = reader.GetString(i).Trim();
            cells[i] = text.Length == 0 ? null : text;
        }

        return cells;
    }

    // As wide as the header as it was written: blank cells beyond it are a spreadsheet's, filled ones are a mistake.
    static string?[]? Fitting(string?[] cells, string?[] header, int width)
    {
        if (cells.Length < width || (cells.Length > header.Length && Array.Exists(cells[header.Length..], c => c is not null)))
        {
            return null;
        }

        Array.Resize(ref cells, header.Length);
        return cells;
    }

    static bool NameColumns(SheetSource source, Sheet sheet, string?[] header, DiagnosticBag problems)
    {
        var before = problems.Count;
        if (header.Length > MostColumns)
        {
            problems.Add(SheetProblems.TooManyColumns(source, header.Length, MostColumns));
            return false;
        }

        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var kept = new List<int>();
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] is not { } name)
            {
                if (sheet.Rows.FindIndex(row => row.Cells[i] is not null) is var row and >= 0)
                {
                    problems.Add(SheetProblems.UnnamedColumn(sheet.Cell(sheet.Header, i), i + 1, sheet.Cell(sheet.Rows[row], i)));
                }

                continue;
            }

            if (!first.TryAdd(name, i))
            {
                problems.Add(SheetProblems.RepeatedColumn(sheet.Cell(sheet.Header, i), name, sheet.Cell(sheet.Header, first[name])));
            }

            kept.Add(i);
        }

        sheet.Keep(kept, header);
        return problems.Count == before;
    }

    static void Tell(CsvMalformedRecord record, Sheet sheet, DiagnosticBag problems)
    {
        if (record.Reason != CsvMalformedReason.UnterminatedQuote)
        {
            problems.Add(SheetProblems.StrayQuote(sheet.Bytes.PlaceAt((int)record.ByteOffset, 1)));
            return;
        }

        // The record runs to the end of the sheet, and the offset is there.
        var raw = Encoding.UTF8.GetBytes(record.RawRecord);
        var start = (int)record.ByteOffset - raw.Length;
        var open = new RecordScan(raw, (byte)sheet.Delimiter).UnclosedQuote();
        problems.Add(SheetProblems.UnclosedQuote(sheet.Bytes.PlaceAt(start + Math.Max(open, 0), 1)));
    }
}
