using System.Text;

namespace BatchRunner.Manifests.Yaml;

/// <summary>A stretch of a file's text, from an offset to before another.</summary>
readonly record struct SourceSpan(int Start, int End);

/// <summary>A scalar's value as it is read again, with the source of each of its characters.</summary>
sealed class ScalarTrace
{
    readonly StringBuilder value = new();
    readonly List<SourceSpan> spans = [];

    public IReadOnlyList<SourceSpan> Spans => spans;

    public void Add(char c, int start, int end)
    {
        value.Append(c);
        spans.Add(new(start, end));
    }

    public void Add(string text, int start, int end)
    {
        foreach (var c in text)
        {
            Add(c, start, end);
        }
    }

    public bool Matches(string expected) => value.Equals(expected);

    /// <summary>The length of the line break at an offset, or 0.</summary>
    public static int BreakAt(string text, int offset) =>
        offset >= text.Length ? 0
        : text[offset] == '\n' ? 1
        : text[offset] != '\r' ? 0
        : offset + 1 < text.Length && text[offset + 1] == '\n' ? 2
        : 1;
}
