using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Sources.Sheets;
using CsvHelper;

namespace BatchRunner.Results;

/// <summary>Writes a results table as CSV: RFC 4180 with LF, UTF-8, the same bytes for the same table anywhere.</summary>
static class ResultsCsv
{
    static readonly CsvWriterOptions Options = new() { NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture };

    /// <summary>What tells spreadsheets of Windows that a file is UTF-8.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The header of a table with these axes.</summary>
    public static IReadOnlyList<string> Header(IReadOnlyList<Axis> axes) => [.. ResultsColumns.Of(axes).Select(column => column.Name)];

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(ResultsTable table, bool withMark = false)
    {
        using var bytes = new MemoryStream();
        Write(bytes, table, withMark);
        return bytes.ToArray();
    }

    /// <summary>Writes the file, row by row.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="table">The rows.</param>
    /// <param name="withMark">A byte order mark comes first.</param>
    public static void Write(Stream output, ResultsTable table, bool withMark)
    {
        if (withMark)
        {
            output.Write(ByteOrderMark);
        }

        var columns = ResultsColumns.Of(table.Axes);
        using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(FormulaGuard.Add(column.Name));
        }

        csv.EndRecord();
        foreach (var row in table.Rows)
        {
            foreach (var column in columns)
            {
                csv.WriteField(Field(column.Of(row)));
            }

            csv.EndRecord();
        }
    }

    static string? Field(object? value) => value switch
    {
        string text => FormulaGuard.Add(text),
        decimal number => Number(number),
        bool flag => flag ? "true" : "false",
        IReadOnlyList<object> { Count: 1 } one => Field(one[0]),
        IReadOnlyList<object> several => FormulaGuard.Add(string.Join(';', several.Select(Plain))),
        _ => null,
    };

    static string? Plain(object each) => each is decimal number ? Number(number) : each as string;

    static string Number(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
