using System.Text;
using System.Text.Unicode;
using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Files;

/// <summary>A text file of the user, read whole as UTF-8 (a BOM is no part of it), with a place for every offset.</summary>
sealed class SourceText
{
    /// <summary>Bytes a manifest or a prompt may have.</summary>
    public const int MaxBytes = 1024 * 1024;

    readonly int[] lineStarts;

    public SourceText(SourceFile file, string text)
    {
        File = file;
        Text = text;
        lineStarts = LineStarts(text);
    }

    public SourceFile File { get; }

    public string Text { get; }

    /// <summary>Reads bytes; null and one problem if they are not UTF-8 or hold a character that no editor shows.</summary>
    public static SourceText? Read(SourceFile file, ReadOnlySpan<byte> bytes, DiagnosticBag problems)
    {
        var body = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var buffer = new char[body.Length];
        Utf8.ToUtf16(body, buffer, out var read, out var written, replaceInvalidSequences: false);
        var source = new SourceText(file, new string(buffer, 0, written));
        if (read < body.Length)
        {
            problems.Add(FileProblems.NotUtf8(source.Place(written, written + 1), body[read]));
            return null;
        }

        return source.HasOnlyVisibleCharacters(problems) ? source : null;
    }

    /// <summary>The place of the characters from <paramref name="start"/> to before <paramref name="end"/>, cut at the line's end.</summary>
    public SourcePlace Place(int start, int end)
    {
        start = Math.Clamp(start, 0, Text.Length);
        var line = LineIndex(start);
        var length = Math.Min(end, LineEnd(line)) - start;
        return new(File, line + 1, start - lineStarts[line] + 1, Math.Max(1, length));
    }

    /// <summary>The line an offset stands on, from 0.</summary>
    public int LineIndex(int offset)
    {
        var found = Array.BinarySearch(lineStarts, offset);
        return found >= 0 ? found : ~found - 1;
    }

    public int LineStart(int line) => lineStarts[line];

    /// <summary>The offset of the line's break, or of the text's end.</summary>
    public int LineEnd(int line)
    {
        var end = line + 1 < lineStarts.Length ? lineStarts[line + 1] : Text.Length;
        while (end > lineStarts[line] && Text[end - 1] is '\r' or '\n')
        {
            end--;
        }

        return end;
    }

    /// <summary>The line without its break.</summary>
    public ReadOnlySpan<char> Line(int line) => Text.AsSpan(lineStarts[line]..LineEnd(line));

    static int[] LineStarts(string text)
    {
        List<int> starts = [0];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }

    // The YAML scanner takes NUL for the end and U+0085, U+2028 and U+2029 for line breaks, which editors don't show:
    // refused, so that nothing is cut off or moved silently.
    bool HasOnlyVisibleCharacters(DiagnosticBag problems)
    {
        for (var i = 0; i < Text.Length; i++)
        {
            var c = Text[i];
            if (char.IsControl(c) ? c is not ('\t' or '\n' or '\r') : c is '\u2028' or '\u2029' or '\uFEFF' or >= '\uFFFE')
            {
                problems.Add(FileProblems.HiddenCharacter(Place(i, i + 1), c));
                return false;
            }
        }

        return true;
    }
}
