using System.Globalization;
using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>What can be wrong with a sheet: one method per mistake, BR0201 to BR0210 and BR0213.</summary>
static class SheetProblems
{
    const int MisfitsTold = 5;

    public static Diagnostic Unreadable(SheetSource source) =>
        Error("BR0201", $"`{source.File.Path}` can't be read", source.Place, "close it in other programs, and check who may read it");

    public static Diagnostic TooLarge(SheetSource source, long bytes) =>
        Error(
            "BR0201",
            $"`{source.File.Path}` has {bytes / 1_048_576:N0} MB, but a sheet may have {SheetBytes.MostBytes / 1_048_576}",
            source.Place,
            "split it into several manifests");

    public static Diagnostic NotUtf8(SourcePlace place, byte found) =>
        Error(
            "BR0202",
            string.Create(CultureInfo.InvariantCulture, $"this line is not UTF-8: byte 0x{found:X2}"),
            place,
            "save the sheet as UTF-8, or name its encoding beside its file in the manifest: `{ file: …, encoding: windows-1252 }`");

    public static Diagnostic NotInEncoding(SourceFile file, Encoding encoding, int index) =>
        Error(
            "BR0202",
            string.Create(CultureInfo.InvariantCulture, $"the sheet is not {encoding.WebName}: wrong bytes at offset {index}"),
            new SourcePlace(file, 1, 1),
            "save the sheet as UTF-8");

    public static Diagnostic Nul(SourcePlace place) =>
        Error("BR0203", "a NUL byte stands in the sheet", place, "save the sheet as UTF-8 text");

    public static Diagnostic DelimiterTie(SourcePlace place, IReadOnlyList<char> likely, int count) =>
        Error(
            "BR0204",
            $"{Listed(likely)} each stand {Times(count)} in the header, so what parts the cells can't be told",
            place,
            $"say `delimiter: \"{Shown(likely[0])}\"` beside `file` in the manifest");

    /// <summary>The first rows that don't fit the header, and how many more there are.</summary>
    public static void AddMisfits(DiagnosticBag problems, Sheet sheet, int width)
    {
        for (var i = 0; i < Math.Min(sheet.Misfits.Count, MisfitsTold); i++)
        {
            var (row, cells) = sheet.Misfits[i];
            var more = i == MisfitsTold - 1 ? sheet.Misfits.Count - MisfitsTold : 0;
            problems.Add(Ragged(sheet.Cell(row, Math.Min(width, cells)), cells, width, sheet.Delimiter, more));
        }
    }

    public static Diagnostic Ragged(SourcePlace place, int cells, int width, char delimiter, int more) =>
        Error(
            "BR0205",
            $"this row has {Count(cells, "cell")}, but the header has {width}{More(more)}",
            place,
            cells > width
                ? $"put a cell that holds `{Shown(delimiter)}` in double quotes"
                : $"write the missing cells, blank ones too: {new string(delimiter, Math.Min(width - cells, 20)).Replace("\t", "\\t", StringComparison.Ordinal)}");

    public static Diagnostic UnclosedQuote(SourcePlace place) =>
        Error("BR0206", "this quote is never closed", place, "close it, or double a quote that belongs to the text: \"\"");

    public static Diagnostic LateQuote(SourcePlace place, SourcePlace text) =>
        Error(
            "BR0206",
            $"this quote is not closed before line {text.Line}, where text follows the one that closes it",
            place,
            "close it where its cell ends, or double a quote that belongs to the text: \"\"") with { Related = [text] };

    public static Diagnostic MoreMalformed(SheetSource source, int more) =>
        Error(
            "BR0207",
            $"{more:N0} more rows of `{source.File.Path}` have quotes in the wrong place",
            source.Place,
            source.Delimiter is null ? "name what parts the cells if it is not what it seems: `delimiter` beside `file`" : null);

    public static Diagnostic RowTooLong(SourcePlace place, int most) =>
        Error(
            "BR0213",
            $"the row that begins here has more than {most / 1_048_576} MB",
            place,
            "close a quote that was left open, or keep large data in files and write their paths");

    public static Diagnostic CellTooLong(SourcePlace place, int length, int most) =>
        Error(
            "BR0213",
            $"this cell has {length / 1_048_576} MB, but a cell may have {most / 1_048_576}",
            place,
            "close a quote that was left open, or keep large data in files and write their paths");

    public static Diagnostic StrayQuote(SourcePlace place) =>
        Error(
            "BR0207",
            "a quote stands inside the cell",
            place,
            "put the whole cell in double quotes and double the ones inside: \"a \"\"word\"\"\"");

    public static Diagnostic RepeatedColumn(SourcePlace place, string name, SourcePlace first) =>
        Error("BR0208", $"two columns are named `{name}`", place, "rename one of them") with { Related = [first] };

    public static Diagnostic UnnamedColumn(SourcePlace place, int number, SourcePlace cell) =>
        Error("BR0209", $"column {number} has cells but no name", place, "name it in the header") with { Related = [cell] };

    public static Diagnostic TooManyColumns(SheetSource source, int columns, int most) =>
        Error("BR0209", $"the header has {columns:N0} columns, but a sheet may have {most:N0}", source.Place);

    public static Diagnostic NoHeader(SheetSource source) =>
        Error("BR0210", $"`{source.File.Path}` is empty", source.Place, "write a header and a row");

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";

    static string More(int more) => more > 0 ? $", and {more:N0} more rows like it" : "";

    static string Times(int count) => count == 1 ? "once" : $"{count} times";

    static string Listed(IReadOnlyList<char> likely) =>
        string.Join(" and ", likely.Select(c => $"`{Shown(c)}`"));

    static string Shown(char delimiter) => delimiter == '\t' ? "\\t" : delimiter.ToString();

    static Diagnostic Error(string code, string message, SourcePlace place, string? hint = null) =>
        new(code, Severity.Error, message, place, hint);
}
