using System.Text;

namespace BatchRunner.Diagnostics;

/// <summary>A file of the user that a mistake can point into.</summary>
/// <param name="Path">As the user typed it, or relative to what they typed: this is printed.</param>
/// <param name="FullPath">Where it is.</param>
public sealed record SourceFile(string Path, string FullPath)
{
    /// <summary>How its bytes are read.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    const int MostOfLine = 1_000_000;

    /// <summary>
    /// A line's text, from 1, for an excerpt, cut behind a million characters; null if the file can't be read any more. Reads
    /// no further than that line.
    /// </summary>
    public string? LineAt(int number)
    {
        try
        {
            using var reader = new StreamReader(FullPath, Encoding);
            return LineAt(reader, number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An excerpt is a courtesy: the mistake is told without it.
            return null;
        }
    }

    static string? LineAt(StreamReader reader, int number)
    {
        var line = new StringBuilder();
        var (at, before) = (1, -1);
        while (at <= number && reader.Read() is >= 0 and var next)
        {
            var isEnd = next is '\n' or '\r';
            if (next == '\n' && before == '\r')
            {
                // The second half of one line break.
            }
            else if (isEnd)
            {
                at++;
            }
            else if (at == number && line.Length < MostOfLine)
            {
                line.Append((char)next);
            }

            if (line.Length == MostOfLine)
            {
                break;
            }

            before = next;
        }

        return at > number || line.Length > 0 ? line.ToString() : null;
    }
}

/// <summary>A place in a file of the user.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units of the line; who prints it measures display width.</param>
/// <param name="Length">UTF-16 units to underline, at least 1; never beyond the line's end when printed.</param>
public readonly record struct SourcePlace(SourceFile File, int Line, int Column, int Length = 1)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File.Path}:{Line}:{Column}";
}
