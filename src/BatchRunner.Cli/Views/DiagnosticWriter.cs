using System.Globalization;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>
/// Prints the user's mistakes: the first line for machines, the rest for people.
///
/// Our voice, in all of them:
/// lower case, no full stop, no exclamation, no "please", no "invalid", no "failed to" when something more exact is true;
/// the user's thing in backticks, what was found, then what was expected, with numbers;
/// one cause, one diagnostic, all of them, in order of place, twenty at most;
/// a hint is an imperative, true and short, or it is not there;
/// circles print the circle, duplicates name both lines;
/// never a type's name, a stack trace, a status code alone or a key; what somebody else said is quoted and attributed;
/// where money is concerned, the figure, and what was not done.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="form">How.</param>
/// <param name="width">Cells of an excerpt.</param>
/// <param name="wrap">Cells of the terminal, whose lines are broken between words; null: nobody looks, and a line is a line.</param>
sealed class DiagnosticWriter(TextWriter writer, DiagnosticForm form, int width, int? wrap = null)
{
    const int Most = 20;

    /// <summary>Prints them, and how many more there are.</summary>
    public void Write(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Take(form == DiagnosticForm.Json ? int.MaxValue : Most))
        {
            Write(diagnostic);
        }

        if (form != DiagnosticForm.Json && diagnostics.Count > Most)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {diagnostics.Count - Most} more"));
        }
    }

    /// <summary>Prints one.</summary>
    public void Write(Diagnostic diagnostic)
    {
        if (form == DiagnosticForm.Json)
        {
            writer.WriteLine(JsonLine.Of(diagnostic));
            return;
        }

        var where = diagnostic.Place is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"{place.File.Path}:{place.Line}:{Column(place)}")
            : "batchrunner";
        var warning = diagnostic.Severity == Severity.Warning ? "warning: " : "";
        WriteLine($"{SafeText.Line(where)}: {diagnostic.Code}: {warning}{SafeText.Line(diagnostic.Message)}", 2);
        if (form == DiagnosticForm.Plain)
        {
            WriteNotes(diagnostic, "  ");
            return;
        }

        var margin = " ";
        if (diagnostic.Place is { } shown && Excerpt.Of(shown, width) is { } excerpt)
        {
            var number = shown.Line.ToString(CultureInfo.InvariantCulture);
            margin = new string(' ', number.Length);
            writer.WriteLine($"{margin} |");
            writer.WriteLine(SafeText.WithoutOrders($"{number} | {excerpt.Text}".TrimEnd()));
            writer.WriteLine($"{margin} | {excerpt.Carets}");
        }

        WriteNotes(diagnostic, margin + " ");
    }

    // A column is a display width, as an editor's status line counts: wide letters are two cells, a tab is four.
    static int Column(SourcePlace place) =>
        place.File.LineAt(place.Line) is { } line ? Excerpt.CellsBefore(line, place.Column) + 1 : place.Column;

    void WriteNotes(Diagnostic diagnostic, string margin)
    {
        foreach (var related in diagnostic.Related)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{margin}= see: {SafeText.Line(related.File.Path)}:{related.Line}:{Column(related)}"));
        }

        if (diagnostic.Hint is { } hint)
        {
            WriteLine($"{margin}= hint: {SafeText.Line(hint)}", margin.Length + "= hint: ".Length);
        }
    }

    // What is told one line per thing stays on one.
    void WriteLine(string text, int indent)
    {
        foreach (var line in wrap is { } cells && form == DiagnosticForm.Full ? Paragraph.Lines(text, cells, indent) : [text])
        {
            writer.WriteLine(line);
        }
    }
}

/// <summary>How mistakes are printed.</summary>
enum DiagnosticForm
{
    /// <summary>With the line and carets under it.</summary>
    Full,

    /// <summary>Without.</summary>
    Plain,

    /// <summary>One object per line.</summary>
    Json,
}
