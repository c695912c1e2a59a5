using System.Text;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>A line of the user's file with carets under a part of it, cut to a window that fits.</summary>
/// <param name="Text">The line: safe, tabs as four spaces, an ellipsis where it was cut.</param>
/// <param name="Carets">Spaces, then carets.</param>
sealed record Excerpt(string Text, string Carets)
{
    const string Tab = "    ";
    const int Least = 24;
    const int Gutter = 3;

    // Far more than any window shows. A line of a hostile sheet may have millions of letters, or one of a million accents.
    const int Around = 2_000;

    /// <summary>The excerpt of a place, or null if its line can't be read.</summary>
    public static Excerpt? Of(SourcePlace place, int width)
    {
        if (place.File.LineAt(place.Line)?.TrimEnd('\r') is not { } whole || place.Column > whole.Length + Around)
        {
            return null;
        }

        var cut = Cut(whole, place.Column - 1 - Around, up: true);
        var line = whole[cut..Cut(whole, place.Column - 1 + Around, up: false)];
        var cells = Cells(line);
        var (from, to) = Marked(cells, line.Length, place with { Column = place.Column - cut });
        var room = Math.Max(Least, width - Gutter - place.Line.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        var (first, last) = Window(cells, from, to, room);
        var before = first > 0 || cut > 0 ? "…" : "";
        var after = last < cells.Count || cut + line.Length < whole.Length ? "…" : "";
        var text = before + string.Concat(cells[first..last].Select(cell => cell.Text)) + after;
        var indent = before.Length + cells[first..from].Sum(cell => cell.Width);
        var marks = cells[from..Math.Min(to, last)].Sum(cell => cell.Width);
        return new Excerpt(text, new string(' ', indent) + new string('^', Math.Max(1, marks)));
    }

    /// <summary>How many cells stand before a column of a line; far to the right, how many UTF-16 units.</summary>
    public static int CellsBefore(string line, int column) => column > Around ? column - 1 :
        Cells(line[..Cut(line, column + Around, up: false)]).TakeWhile(cell => cell.End < column).Sum(cell => cell.Width) + Math.Max(0, column - 1 - line.Length);

    // A place within the line that does not part a pair.
    static int Cut(string line, int at, bool up)
    {
        at = Math.Clamp(at, 0, line.Length);
        return at > 0 && at < line.Length && char.IsLowSurrogate(line[at]) ? at + (up ? 1 : -1) : at;
    }

    // What is marked: at least one cell; behind the line's end, one more cell is made for it.
    static (int From, int To) Marked(List<Cell> cells, int length, SourcePlace place)
    {
        var start = Math.Min(place.Column - 1, length);
        var end = start + Math.Max(1, place.Length);
        var from = cells.FindIndex(cell => cell.End > start);
        if (from < 0)
        {
            cells.Add(new Cell(" ", 1, length + 1));
            return (cells.Count - 1, cells.Count);
        }

        var to = cells.FindIndex(from, cell => cell.End >= end);
        return (from, to < 0 ? cells.Count : to + 1);
    }

    // All of the line if it fits; else a part around what is marked, with more before it than behind.
    static (int First, int Last) Window(List<Cell> cells, int from, int to, int room)
    {
        if (cells.Sum(cell => cell.Width) <= room)
        {
            return (0, cells.Count);
        }

        var left = room - 2;
        var (first, last) = (from, from);
        while (last < to && left >= cells[last].Width)
        {
            left -= cells[last++].Width;
        }

        var ahead = left * 2 / 3;
        while (first > 0 && ahead >= cells[first - 1].Width)
        {
            ahead -= cells[--first].Width;
            left -= cells[first].Width;
        }

        while (last < cells.Count && left >= cells[last].Width)
        {
            left -= cells[last++].Width;
        }

        while (first > 0 && left >= cells[first - 1].Width)
        {
            left -= cells[--first].Width;
        }

        return (first, last);
    }

    static List<Cell> Cells(string line)
    {
        var cells = new List<Cell>();
        var end = 0;
        foreach (var cluster in DisplayWidth.Clusters(line))
        {
            end += cluster.Length;
            var text = cluster == "\t" ? Tab : Safe(cluster);
            cells.Add(new Cell(text, DisplayWidth.Of(text), end));
        }

        return cells;
    }

    static string Safe(string cluster)
    {
        var safe = new StringBuilder();
        foreach (var rune in cluster.EnumerateRunes())
        {
            SafeText.Append(safe, rune);
        }

        return safe.ToString();
    }

    /// <summary>What a reader sees as one thing, with the line's UTF-16 offset behind it.</summary>
    readonly record struct Cell(string Text, int Width, int End);
}
