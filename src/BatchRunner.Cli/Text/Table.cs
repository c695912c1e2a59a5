using System.Text;

namespace BatchRunner.Cli.Text;

/// <summary>Rows in aligned columns. The last column takes the room that is left, or all it wants if nobody counts.</summary>
/// <param name="columns">The headings; `>` before one puts its column's text to the right.</param>
sealed class Table(params string[] columns)
{
    const string Between = "  ";
    const int Least = 12;

    readonly List<string[]> rows = [[.. columns.Select(column => column.TrimStart('>'))]];

    /// <summary>Adds a row. Strangers' text is made safe here.</summary>
    public void Add(params string[] cells) => rows.Add([.. cells.Select(SafeText.Line)]);

    /// <summary>The lines: heading, then rows.</summary>
    /// <param name="width">Cells a line may take, or null.</param>
    public IEnumerable<string> Lines(int? width)
    {
        var widths = Enumerable.Range(0, columns.Length).Select(i => rows.Max(row => DisplayWidth.Of(row[i]))).ToArray();
        if (width is { } room)
        {
            var before = widths[..^1].Sum() + (Between.Length * (columns.Length - 1));
            widths[^1] = Math.Min(widths[^1], Math.Max(Least, room - before));
        }

        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var i = 0; i < row.Length; i++)
            {
                var isLast = i == row.Length - 1;
                var text = isLast ? DisplayWidth.Cut(row[i], widths[i]) : row[i];
                line.Append(columns[i].StartsWith('>') ? DisplayWidth.PadLeft(text, widths[i]) : DisplayWidth.Pad(text, widths[i]));
                line.Append(isLast ? "" : Between);
            }

            yield return line.ToString().TrimEnd();
        }
    }
}
