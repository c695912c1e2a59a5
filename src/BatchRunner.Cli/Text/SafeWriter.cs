using System.Text;

namespace BatchRunner.Cli.Text;

/// <summary>Writes text that holds line breaks of its own, such as CSV, and makes everything else in it fit to print.</summary>
sealed class SafeWriter(TextWriter next) : TextWriter
{
    public override Encoding Encoding => next.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => next.Write(string.Join('\n', (value ?? "").Split('\n').Select(SafeText.Line)));

    public override void Flush() => next.Flush();
}
