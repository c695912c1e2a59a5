using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using CsvHelper;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>Reads a CSV or TSV sheet through CsvHelper: a header, then cells trimmed, blank ones null, wholly blank rows gone.</summary>
static class SheetReader
{
    const int MostColumns = 1_000;
    const int MostTold = 5;

    // A picture written into a cell as a data URI is the largest thing that makes sense.
    const int MostCell = 8 * 1024 * 1024;
    const int MostRow = 2 * MostCell;

    /// <summary>The cells of a sheet that no manifest names; null if a problem was told.</summary>
    public static Sheet? Read(SourceFile file, DiagnosticBag problems, CancellationToken cancel) =>
        Read(new SheetSource(new SourcePlace(file, 1, 1), null, file, null, null, 0), problems, cancel) is { Misfits.Count: 0 } sheet ? sheet : null;

    /// <summary>
    /// The sheet's cells; null if a problem was told. Rows that don't fit the header are told too, but the others are handed
    /// over all the same: what they are used for may hold further mistakes.
    /// </summary>
    public static Sheet? Read(SheetSource source, DiagnosticBag problems, CancellationToken cancel)
    {
        if (SheetBytes.Read(source, problems) is not { } whole
            || Delimiter.Of(source, whole, problems) is not { } recognised)
        {
            return null;
        }

        var (delimiter, bytes) = recognised;
        if (LongRow(bytes) is { } row)
        {
            problems.Add(SheetProblems.RowTooLong(row, MostRow));
            return null;
        }

        var sheet = new Sheet(bytes, delimiter);
        var before = problems.Count;
        string?[]? header = null;
        var filled = Array.Empty<SheetRow?>();
        var width = 0;
        foreach (var (cells, line, start) in Records(bytes.Bytes, delimiter, record => Tell(record, sheet, problems)))
        {
            cancel.ThrowIfCancellationRequested();
            var read = new SheetRow(cells, bytes.LinePlace(line), start);
            if (Array.FindIndex(cells, cell => cell?.Length > MostCell) is var large and >= 0)
            {
                problems.Add(SheetProblems.CellTooLong(sheet.Cell(read, large) with { Length = 1 }, cells[large]?.Length ?? 0, MostCell));
                return null;
            }

            var last = Array.FindLastIndex(cells, cell => cell is not null) + 1;
            if (header is null)
            {
                (header, width, filled) = (cells, last, new SheetRow?[cells.Length]);
                sheet.Header = read;
            }
            else if (Fits(cells, header, width))
            {
                sheet.Add(read);
                NoteFilled(filled, header, read);
            }
            else
            {
                sheet.Misfits.Add((read, cells.Length < width ? cells.Length : last));
            }
        }

        if (problems.Count > before)
        {
            if (sheet.Malformed > MostTold)
            {
                problems.Add(SheetProblems.MoreMalformed(source, sheet.Malformed - MostTold));
            }

            return null;
        }

        if (header is null)
        {
            problems.Add(SheetProblems.NoHeader(source));
            return null;
        }

        SheetProblems.AddMisfits(problems, sheet, width);
        return NameColumns(source, sheet, header, filled, problems) ? sheet : null;
    }

    // Parsing one would take as many times the memory as it has bytes. Small sheets need no look.
    static SourcePlace? LongRow(SheetBytes sheet)
    {
        var bytes = sheet.Bytes.Span;
        var (start, quoted) = (0, false);
        for (var i = 0; i < bytes.Length && bytes.Length > MostRow; i++)
        {
            quoted ^= bytes[i] == '"';
            if (!quoted && bytes[i] is (byte)'\n' or (byte)'\r')
            {
                start = i + 1;
            }
            else if (i - start > MostRow)
            {
                return sheet.PlaceAt(start, 1);
            }
        }

        return null;
    }

    /// <summary>The rows that are not wholly blank: cells trimmed, blank ones null, with the line from 1 and the byte they start on.</summary>
    /// <param name="bytes">Whole rows.</param>
    /// <param name="delimiter">What parts the cells.</param>
    /// <param name="malformed">Told of rows whose quotes are wrong, or null.</param>
    public static IEnumerable<(string?[] Cells, int Line, int Start)> Records(
        ReadOnlyMemory<byte> bytes, char delimiter, Action<CsvMalformedRecord>? malformed)
    {
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            PoolStrings = true,
            OnMalformedRecord = malformed,
        });
        while (reader.Read())
        {
            var cells = Cells(reader);
            if (!Array.TrueForAll(cells, cell => cell is null))
            {
                yield return (cells, (int)reader.LineNumber, (int)reader.ByteOffset);
            }
        }
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
    static bool Fits(string?[] cells, string?[] header, int width) =>
        cells.Length >= width && !(cells.Length > header.Length && Array.Exists(cells[header.Length..], c => c is not null));

    // The first row that fills a column without a name.
    static void NoteFilled(SheetRow?[] filled, string?[] header, SheetRow row)
    {
        for (var i = 0; i < header.Length && i < row.Cells.Length; i++)
        {
            if (header[i] is null && row.Cells[i] is not null)
            {
                filled[i] ??= row;
            }
        }
    }

    static bool NameColumns(SheetSource source, Sheet sheet, string?[] header, SheetRow?[] filled, DiagnosticBag problems)
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
                if (filled[i] is { } row)
                {
                    problems.Add(SheetProblems.UnnamedColumn(sheet.Cell(sheet.Header, i), i + 1, sheet.Cell(row, i)));
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
        // The place of each is counted from the top of the sheet: a wrong delimiter must not make that a day's work.
        if (++sheet.Malformed > MostTold)
        {
            return;
        }

        var at = (int)record.ByteOffset;
        if (record.Reason == CsvMalformedReason.StrayQuote)
        {
            problems.Add(SheetProblems.StrayQuote(sheet.Bytes.PlaceAt(at, 1)));
            return;
        }

        var raw = Encoding.UTF8.GetBytes(record.RawRecord);
        var scan = new RecordScan(raw, (byte)sheet.Delimiter);
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            // The record runs to the end of the sheet, and the offset is there.
            problems.Add(SheetProblems.UnclosedQuote(sheet.Bytes.PlaceAt(at - raw.Length + Math.Max(scan.UnclosedQuote(), 0), 1)));
            return;
        }

        // A quote that was forgotten ends at the next cell's opening one, lines further down: the mistake is where it opens.
        var (open, behind) = scan.TextBehindQuote();
        var isForgotten = open >= 0 && at >= behind && raw.AsSpan(open..behind).IndexOfAny((byte)'\n', (byte)'\r') >= 0;
        problems.Add(isForgotten
            ? SheetProblems.LateQuote(sheet.Bytes.PlaceAt(at - behind + open, 1), sheet.Bytes.PlaceAt(at, 1))
            : SheetProblems.StrayQuote(sheet.Bytes.PlaceAt(at, 1)));
    }
}
