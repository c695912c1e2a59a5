using BatchRunner.TestKit;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

/// <summary>A sheet that is no sheet ends as a mistake with its place, before it is taken apart.</summary>
public sealed class SheetBoundsSpecs : IDisposable
{
    const int Megabyte = 1024 * 1024;

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Told(Action<StreamWriter> sheet)
    {
        folder.Write("batch.yaml", """
            version: 1
            name: t
            templates: { a: "{{ row.scene }}" }
            variables: { row: r.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 5 }
            """);
        using (var writer = new StreamWriter(folder["r.csv"]))
        {
            sheet(writer);
        }

        return Expanded.Of(folder["batch.yaml"]).Text(folder.FullPath);
    }

    [Theory]
    [InlineData("r1,")]
    [InlineData("r1,\"")]
    public void A_row_without_an_end_is_told_where_it_begins(string begin) => Assert.Equal(
        """
        r.csv:3:1: BR0213: the row that begins here has more than 16 MB
          hint: close a quote that was left open, or keep large data in files and write their paths

        """,
        Told(sheet =>
        {
            sheet.Write("id,scene\nr0,a\n" + begin);
            for (var i = 0; i < 20; i++)
            {
                sheet.Write(new string('a', Megabyte));
            }
        }));

    [Fact]
    public void So_is_a_cell() => Assert.Equal(
        """
        r.csv:2:4: BR0213: this cell has 9 MB, but a cell may have 8
          hint: close a quote that was left open, or keep large data in files and write their paths

        """,
        Told(sheet => sheet.Write($"id,scene\nr1,{new string('a', 9 * Megabyte)}\n")));

    [Fact]
    public void So_is_a_sheet_that_would_not_fit_into_memory() => Assert.Equal(
        """
        batch.yaml:4:19: BR0201: `r.csv` has 300 MB, but a sheet may have 256
          hint: split it into several manifests

        """,
        Told(sheet => sheet.BaseStream.SetLength(300L * Megabyte)));

    [Fact]
    public void A_large_sheet_of_small_rows_is_a_sheet() => Assert.Contains(
        "BR0235",
        Told(sheet =>
        {
            sheet.Write("id,scene\n");
            for (var i = 0; i < 20_000; i++)
            {
                sheet.Write($"r{i},{new string('a', 1000)}\n");
            }
        }),
        StringComparison.Ordinal);
}
