using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources.Sheets;
using CsvHelper;

namespace BatchRunner.Results.Reviewing;

/// <summary>
/// A review file's rows. Somebody may have edited them by hand: columns and rows that mean nothing here are kept, and what
/// can't be understood is told with its place, never written over.
/// </summary>
sealed class ReviewSheet
{
    static readonly CsvWriterOptions Options = new() { NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture };

    static readonly string[] Own = ["key", "job", "decision", "note", "by", "task"];
    static readonly string[] Needed = ["key", "decision"];

    readonly List<string> columns;
    readonly List<Dictionary<string, string>> rows;

    ReviewSheet(List<string> columns, List<Dictionary<string, string>> rows) => (this.columns, this.rows) = (columns, rows);

    /// <summary>No file yet.</summary>
    public static ReviewSheet Empty() => new([.. Own], []);

    /// <summary>What the file says; null if a problem was told.</summary>
    public static ReviewSheet? Read(SourceFile file, DiagnosticBag problems)
    {
        if (SheetReader.Read(file, problems, CancellationToken.None) is not { } sheet)
        {
            return null;
        }

        var before = problems.Count;
        foreach (var needed in Needed.Except(sheet.Columns))
        {
            problems.Add(ReviewProblems.NoColumn(file, needed));
        }

        var rows = new List<Dictionary<string, string>>();
        foreach (var row in sheet.Rows.TakeWhile(_ => problems.Count == before || problems.Count < before + 10))
        {
            var cells = sheet.Columns.Select((name, i) => (name, Text: FormulaGuard.Remove(row.Cells[i] ?? "")))
                .ToDictionary(cell => cell.name, cell => cell.Text, StringComparer.Ordinal);
            Check(cells, row, problems);
            rows.Add(cells);
        }

        return problems.Count > before ? null : new ReviewSheet([.. sheet.Columns, .. Own.Except(sheet.Columns)], rows);
    }

    /// <summary>What it says of each take.</summary>
    public Review Review => new(rows.Select(row => new Verdict(
        row["key"].ToLowerInvariant(), Cell(row, "task"), Cell(row, "job"), row["decision"].ToLowerInvariant(), Cell(row, "note"), Cell(row, "by"))));

    /// <summary>Puts a verdict in the place of what was said of the same take, or takes it out if it says nothing.</summary>
    public void Put(Verdict verdict)
    {
        var there = rows.FindLastIndex(row => IsOf(row, verdict));
        var next = there >= 0 ? rows[there] : [];
        if (there >= 0)
        {
            rows.RemoveAll(row => !ReferenceEquals(row, next) && IsOf(row, verdict));
        }

        if (verdict.IsEmpty)
        {
            rows.Remove(next);
            return;
        }

        foreach (var (column, text) in Own.Zip<string, string>([verdict.Key, verdict.Job, verdict.Decision, verdict.Note, verdict.By, verdict.Task]))
        {
            next[column] = text;
        }

        if (there < 0)
        {
            rows.Add(next);
        }
    }

    /// <summary>The file's bytes: rows of known keys in the order of the plan, the others behind them as they stood.</summary>
    /// <param name="orderOf">The place of a key in the plan; null: it is not in it.</param>
    /// <param name="hasMark">With a byte order mark, as it was found.</param>
    public byte[] Write(Func<string, int?> orderOf, bool hasMark)
    {
        using var bytes = new MemoryStream();
        if (hasMark)
        {
            bytes.Write("\uFEFF"u8);
        }

        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            Write(csv, columns);
            foreach (var row in rows.OrderBy(row => orderOf(row["key"]) ?? int.MaxValue))
            {
                Write(csv, columns.Select(column => Cell(row, column)));
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(FormulaGuard.Add(cell));
        }

        csv.EndRecord();
    }

    static void Check(Dictionary<string, string> cells, SheetRow row, DiagnosticBag problems)
    {
        if (cells.TryGetValue("key", out var key) && key.Length == 0)
        {
            problems.Add(ReviewProblems.NoKey(row.Place));
        }

        if (cells.TryGetValue("decision", out var word) && !Decisions.Has(word.ToLowerInvariant()))
        {
            problems.Add(ReviewProblems.NoDecision(row.Place, word));
        }
    }

    static bool IsOf(Dictionary<string, string> row, Verdict verdict) =>
        string.Equals(row["key"], verdict.Key, StringComparison.OrdinalIgnoreCase)
        && (Cell(row, "task") == verdict.Task || Cell(row, "task").Length == 0);

    static string Cell(Dictionary<string, string> row, string column) => row.GetValueOrDefault(column, "");
}
