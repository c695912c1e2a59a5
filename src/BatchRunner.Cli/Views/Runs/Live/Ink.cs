using System.Globalization;
using BatchRunner.Cli.Text;
using Spectre.Console;

namespace BatchRunner.Cli.Views.Runs.Live;

/// <summary>Text of one style.</summary>
readonly record struct Ink(string Text, Style? Style = null)
{
    public int Cells => DisplayWidth.Of(Text);
}

/// <summary>One line of the live view: its pieces, never wider than it was made for.</summary>
sealed record InkLine(IReadOnlyList<Ink> Pieces)
{
    public int Cells => Pieces.Sum(piece => piece.Cells);

    /// <summary>A line cut to a width, with an ellipsis.</summary>
    public static InkLine Cut(int width, params IEnumerable<Ink> pieces)
    {
        var kept = new List<Ink>();
        var left = width;
        foreach (var piece in pieces)
        {
            var cut = piece with { Text = DisplayWidth.Cut(piece.Text, left) };
            kept.Add(cut);
            left -= cut.Cells;
            if (cut.Text != piece.Text)
            {
                break;
            }
        }

        return new InkLine(kept);
    }

    /// <summary>Pieces set apart by commas, on as many lines as they need.</summary>
    public static IEnumerable<InkLine> Flow(int width, Ink indent, IEnumerable<Ink> pieces)
    {
        var line = new List<Ink>();
        foreach (var piece in pieces)
        {
            if (line.Count > 0 && line.Sum(each => each.Cells) + piece.Cells + 3 > width)
            {
                yield return new InkLine([.. line, new Ink(",")]);
                line.Clear();
            }

            line.Add(line.Count == 0 ? indent : new Ink(", "));
            line.Add(piece with { Text = DisplayWidth.Cut(piece.Text, width - indent.Cells - 1) });
        }

        if (line.Count > 0)
        {
            yield return new InkLine(line);
        }
    }

    /// <summary>As a terminal takes it: with escape sequences if it may have colours, else as it is.</summary>
    public string Render(bool hasColours)
    {
        if (!hasColours)
        {
            return string.Concat(Pieces.Select(piece => piece.Text));
        }

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = int.MaxValue / 2;
        var paragraph = new Spectre.Console.Paragraph();
        foreach (var piece in Pieces)
        {
            paragraph.Append(piece.Text, piece.Style);
        }

        console.Write(paragraph);
        return writer.ToString();
    }
}
