using System.Globalization;
using System.Text;

namespace BatchRunner.Cli.Views.Runs.Live;

/// <summary>
/// Lines at the foot of a terminal that are painted over again and again. The cursor rests below them and is never hidden,
/// so that no end of the process, however sudden, leaves a terminal without one.
/// </summary>
sealed class Canvas(TextWriter writer)
{
    const string EraseLine = "\u001b[K";
    const string EraseBelow = "\u001b[J";

    List<int> painted = [];

    /// <summary>Paints anew.</summary>
    /// <param name="lines">What is shown from now on; empty: nothing.</param>
    /// <param name="above">What stays for good above them.</param>
    /// <param name="width">The screen's cells across now, which may have changed since the last time.</param>
    public void Paint(IReadOnlyList<InkLine> lines, IReadOnlyList<string> above, int width)
    {
        var frame = new StringBuilder("\r");

        // A screen that became narrower has broken the old lines; each takes as many rows as it now needs.
        var rows = painted.Sum(cells => Math.Max(1, (cells + width - 1) / Math.Max(1, width)));
        if (rows > 0)
        {
            frame.Append(CultureInfo.InvariantCulture, $"\u001b[{rows}A");
        }

        foreach (var line in above)
        {
            frame.Append(line).Append(EraseLine).Append('\n');
        }

        foreach (var line in lines)
        {
            frame.Append(line.Render(hasColours: true)).Append(EraseLine).Append('\n');
        }

        // In one write, so that no half of it is ever seen.
        writer.Write(frame.Append(EraseBelow).ToString());
        writer.Flush();
        painted = [.. lines.Select(line => line.Cells)];
    }
}
