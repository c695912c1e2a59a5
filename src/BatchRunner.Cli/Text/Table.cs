using System.Text;
using BatchRunner.Expansion.Shelving;

namespace BatchRunner.Cli.Text;

/// <summary>
/// Rows in aligned columns that fit the width of a terminal. What is too wide is cut where it is widest: the last column, and
/// those that say so.
/// </summary>
/// <param name="columns">
/// The headings. Before one, `>` puts its column's text to the right, `~` lets it be cut, `?` lets it go where room is short.
/// </param>
sealed class Table(params string[] columns)
{
    const string Between = "  ";
    const int Least = 12;

    // No cell can hold it once it is safe.
    const char Border = '\u001f';

    // A plan may have a million rows, and no width is known before the last of them.
    readonly PackedRecords rows = new();
    readonly int[] widest = [.. columns.Select(column => DisplayWidth.Of(column.TrimStart('>', '~', '?')))];

    /// <summary>Adds a row. Strangers' text is made safe here.</summary>
    public void Add(params string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = SafeText.Line(cells[i]);
            widest[i] = Math.Max(widest[i], DisplayWidth.Of(cells[i]));
        }

        rows.Add(Encoding.UTF8.GetBytes(string.Join(Border, cells)));
    }

    /// <summary>The lines: heading, then rows.</summary>
    /// <param name="width">Cells a line may take, or null.</param>
    public IEnumerable<string> Lines(int? width)
    {
        int[] widths = [.. widest];
        var shown = Enumerable.Range(0, columns.Length).ToList();
        if (width is { } room)
        {
            while (Wide(shown, i => Math.Min(widths[i], LeastOf(i))) > room && shown.FindLastIndex(i => Is(i, '?')) is >= 0 and var going)
            {
                shown.RemoveAt(going);
            }

            for (var over = Wide(shown, i => widths[i]) - room; over > 0; over--)
            {
                var large = shown.MaxBy(i => widths[i] > LeastOf(i) ? widths[i] : 0);
                widths[large] -= widths[large] > LeastOf(large) ? 1 : 0;
            }
        }

        foreach (var row in Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows.At(i)).Split(Border)).Prepend([.. columns.Select(column => column.TrimStart('>', '~', '?'))]))
        {
            var line = new StringBuilder();
            foreach (var i in shown)
            {
                var text = DisplayWidth.Cut(row[i], widths[i]);
                line.Append(line.Length > 0 ? Between : "");
                line.Append(Is(i, '>') ? DisplayWidth.PadLeft(text, widths[i]) : DisplayWidth.Pad(text, widths[i]));
            }

            yield return line.ToString().TrimEnd();
        }
    }

    static int Wide(List<int> shown, Func<int, int> width) => shown.Sum(width) + (Between.Length * (shown.Count - 1));

    int LeastOf(int column) => Is(column, '~') || column == columns.Length - 1 ? Least : int.MaxValue;

    bool Is(int column, char sign) => columns[column].TakeWhile(c => c is '>' or '~' or '?').Contains(sign);
}
