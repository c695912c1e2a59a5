using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>A terminal as far as the live view uses one: it wraps, reflows when resized, and obeys what moves or erases.</summary>
sealed partial class PaintedTerminal(int width) : StringWriter(CultureInfo.InvariantCulture)
{
    readonly List<(string Text, bool IsWrapped)> rows = [("", false)];
    int width = width;
    int row;
    int column;

    /// <summary>What can be read, the scrolled-off lines included.</summary>
    public string Shown => string.Join('\n', rows.Select(each => each.Text.TrimEnd())).TrimEnd('\n');

    public (int Width, int Height) Size => (width, 24);

    /// <summary>Everything that was written, with its escape sequences.</summary>
    public StringBuilder Written { get; } = new();

    public override void Write(string? value)
    {
        Written.Append(value);
        foreach (var part in Sequences().Split(value ?? ""))
        {
            if (part.StartsWith('\u001b'))
            {
                Obey(part);
            }
            else
            {
                foreach (var cluster in DisplayWidth.Clusters(part))
                {
                    Put(cluster);
                }
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    /// <summary>Makes it wider or narrower; lines that were broken are joined and broken anew, as terminals do.</summary>
    public void Resize(int cells)
    {
        var lines = new List<string>();
        foreach (var (text, isWrapped) in rows)
        {
            if (isWrapped)
            {
                lines[^1] += text;
            }
            else
            {
                lines.Add(text);
            }
        }

        (width, row, column) = (cells, 0, 0);
        rows.Clear();
        rows.Add(("", false));
        foreach (var line in lines[..^1])
        {
            Write(line + "\n");
        }
    }

    void Put(string cluster)
    {
        if (cluster is "\r" or "\n" or "\r\n")
        {
            column = 0;
            if (cluster != "\r" && ++row == rows.Count)
            {
                rows.Add(("", false));
            }

            return;
        }

        Assert.False(SafeText.IsUnsafe(cluster.EnumerateRunes().First()), $"U+{(int)cluster[0]:x4} was written");
        if (column == width)
        {
            column = 0;
            rows.Insert(++row, ("", true));
        }

        var (text, isWrapped) = rows[row];
        text = text.PadRight(column);
        rows[row] = (text[..column] + cluster + (text.Length > column + 1 ? text[(column + 1)..] : ""), isWrapped);
        column++;
    }

    void Obey(string sequence)
    {
        var number = int.TryParse(sequence.AsSpan(2, sequence.Length - 3), CultureInfo.InvariantCulture, out var n) ? n : 1;
        switch (sequence[^1])
        {
            case 'A':
                row = Math.Max(0, row - number);
                break;
            case 'K':
                rows[row] = (rows[row].Text[..Math.Min(column, rows[row].Text.Length)], rows[row].IsWrapped);
                break;
            case 'J':
                rows.RemoveRange(row + 1, rows.Count - row - 1);
                Obey("\u001b[K");
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"a sequence nobody needs: {sequence[1..]}");
                break;
        }
    }

    [GeneratedRegex(@"(\u001b\[[0-9;?]*[A-Za-z])")]
    private static partial Regex Sequences();
}
