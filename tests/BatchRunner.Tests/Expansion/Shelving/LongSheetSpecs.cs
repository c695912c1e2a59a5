using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Expansion.Shelving;

/// <summary>Rows of a long sheet are read again where they are looked at: the same cells, on the same lines.</summary>
public sealed class LongSheetSpecs : IDisposable
{
    const int Rows = 9_000;

    readonly TempFolder folder = new();
    readonly List<(string?[] Cells, int Line)> written = [];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("\n", ',')]
    [InlineData("\r\n", ';')]
    [InlineData("\r", '\t')]
    public void Rows_come_back_in_any_order(string lineBreak, char delimiter)
    {
        var sheet = Read(lineBreak, delimiter);
        var random = new Random(2);

        Assert.Equal(Rows, sheet.Rows.Count);
        foreach (var i in Enumerable.Range(0, Rows).Concat(Enumerable.Range(0, 500).Select(_ => random.Next(Rows))).Concat(Enumerable.Range(4_000, 600)))
        {
            Assert.Equal(written[i].Cells, sheet.Rows[i].Cells);
            Assert.Equal(written[i].Line, sheet.Rows[i].Place.Line);
            Assert.Equal(written[i].Line, sheet.CellOf(sheet.Rows[i].Start, sheet.Rows[i].Place.Line, 0).Line);
        }
    }

    Sheet Read(string lineBreak, char delimiter)
    {
        var text = new StringBuilder($"id{delimiter}{delimiter}scene{delimiter}move{lineBreak}");
        var line = 2;
        for (var i = 0; i < Rows; i++)
        {
            // Blank lines, rows of blanks, breaks and quotes within cells, blanks around them, short cells and none.
            if (i % 50 == 7)
            {
                text.Append(lineBreak).Append(delimiter).Append(' ').Append(delimiter).Append(delimiter).Append(lineBreak);
                line += 2;
            }

            var scene = i % 10 == 3 ? $"two{lineBreak}lines" : i % 4 == 0 ? null : $"a mug, \"{i}\"";
            written.Add(([$"m{i}", scene, $"slow {i}"], line));
            text.Append($" m{i} {delimiter}{delimiter}")
                .Append(scene is null ? "  " : $"\"{scene.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
                .Append($"{delimiter}slow {i}{lineBreak}");
            line += i % 10 == 3 ? 2 : 1;
        }

        folder.Write("r.csv", text.ToString());
        var problems = new DiagnosticBag();
        var sheet = SheetReader.Read(new SourceFile("r.csv", folder["r.csv"]), problems, TestContext.Current.CancellationToken);
        Assert.Empty(problems);
        return sheet ?? throw new InvalidOperationException("the sheet is wrong");
    }
}
