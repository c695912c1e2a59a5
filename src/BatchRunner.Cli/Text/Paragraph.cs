namespace BatchRunner.Cli.Text;

/// <summary>Breaks text between words so that lines fit, the further ones indented.</summary>
static class Paragraph
{
    /// <summary>The lines; a word that is wider than a line stands alone and sticks out.</summary>
    /// <param name="text">Safe text on one line.</param>
    /// <param name="width">Cells of a line.</param>
    /// <param name="indent">Cells before every line but the first.</param>
    public static IReadOnlyList<string> Lines(string text, int width, int indent = 0)
    {
        if (DisplayWidth.Of(text) <= width)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = text[..(text.Length - text.TrimStart(' ').Length)];
        var before = new string(' ', indent);
        var isEmpty = true;
        foreach (var word in text.TrimStart(' ').Split(' '))
        {
            if (!isEmpty && DisplayWidth.Of(line) + 1 + DisplayWidth.Of(word) > width)
            {
                lines.Add(line.TrimEnd());
                (line, isEmpty) = (before, true);
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        lines.Add(line);
        return lines;
    }
}
