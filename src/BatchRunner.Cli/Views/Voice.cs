using BatchRunner.Cli.Text;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>What a command says: the answer on standard output, everything else on standard error.</summary>
/// <param name="outside">Where the streams are.</param>
/// <param name="form">How mistakes are told.</param>
/// <param name="mayColour">Nobody asked for plain text.</param>
sealed class Voice(Surroundings outside, DiagnosticForm form, bool mayColour)
{
    const int UsualWidth = 120;
    const int LinesAtOnce = 256;

    readonly Lazy<Screen?> screen = new(() => mayColour && form == DiagnosticForm.Full ? outside.Screen() : null);

    public DiagnosticForm Form => form;

    public bool IsJson => form == DiagnosticForm.Json;

    // Set by the runner itself in every step.
    readonly Annotations? annotations = outside.Variable("GITHUB_ACTIONS") == "true"
        ? new Annotations(outside.Error, outside.Variable("GITHUB_WORKSPACE"))
        : null;

    readonly StepSummary? summary = outside.Variable("GITHUB_ACTIONS") == "true" && outside.Variable("GITHUB_STEP_SUMMARY") is { } page
        ? new StepSummary(page)
        : null;

    /// <summary>Whether the answer may be coloured: somebody looks at it on a terminal and has not asked for plain.</summary>
    public bool Colours => mayColour && form == DiagnosticForm.Full && outside.AnswerWidth is not null;

    /// <summary>Cells for a table, or null if nobody looks and nothing need be cut.</summary>
    public int? AnswerWidth => outside.AnswerWidth;

    /// <summary>The terminal talk may be painted on, or null: plain lines were asked for, or there is nobody to look at it.</summary>
    public Screen? Screen => screen.Value;

    // A window may have been resized since the command began.
    int? TalkWidth => Screen?.Size().Width ?? outside.TalkWidth;

    /// <summary>A line of the answer. The caller has made what strangers wrote safe.</summary>
    public void Answer(string line) => outside.Output.WriteLine(line);

    /// <summary>Many lines of the answer, some hundreds with one write.</summary>
    public void Answer(IEnumerable<string> lines)
    {
        var end = outside.Output.NewLine;
        foreach (var some in lines.Chunk(LinesAtOnce))
        {
            outside.Output.Write(string.Join(end, some) + end);
        }
    }

    /// <summary>A line of talk; in JSON, nothing.</summary>
    public void Say(string line) => Say(line, 0);

    /// <summary>Talk that may be long: broken between words on a terminal, the further lines indented.</summary>
    public void Say(string text, int indent)
    {
        if (!IsJson)
        {
            foreach (var line in TalkWidth is { } cells ? Paragraph.Lines(text, cells, indent) : [text])
            {
                outside.Error.WriteLine(line);
            }
        }
    }

    /// <summary>A part of the answer that may be long.</summary>
    public void Answer(string text, int indent)
    {
        foreach (var line in outside.AnswerWidth is { } cells ? Paragraph.Lines(text, cells, indent) : [text])
        {
            Answer(line);
        }
    }

    /// <summary>Mistakes: as talk, or as JSON lines with the answer.</summary>
    public void Write(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        new DiagnosticWriter(IsJson ? outside.Output : outside.Error, form, outside.TalkWidth ?? UsualWidth, TalkWidth).Write(diagnostics);
        foreach (var diagnostic in diagnostics)
        {
            annotations?.Write(diagnostic);
        }
    }

    /// <summary>Tells GitHub Actions of a job that ended badly, where it runs there; nobody else is told.</summary>
    public void Annotate(SourcePlace? place, string title, string message) =>
        annotations?.Write(Severity.Error, place, title, message);

    /// <summary>Adds Markdown to the page of this step in GitHub Actions, where it runs there; nobody else is told.</summary>
    public void Summarize(IEnumerable<string> lines)
    {
        if (summary?.Add(lines) is { } trouble)
        {
            Say($"the summary of this step can't be written: {trouble}");
        }
    }

    /// <summary>One mistake, and the exit code for it.</summary>
    public int Refuse(Diagnostic mistake, int exit = ExitCode.Usage)
    {
        Write([mistake]);
        return exit;
    }

    /// <summary>Whether somebody is there to be asked.</summary>
    public bool CanAsk => !IsJson && outside.CanAsk;

    /// <summary>Asks for a yes; anything else, and no answer, is no. An interrupt is an <see cref="OperationCanceledException"/>.</summary>
    public async Task<bool> Ask(string question)
    {
        await outside.Error.WriteAsync($"{SafeText.Line(question)} [y/N] ");
        await outside.Error.FlushAsync(outside.Interrupts.Drain);

        // Reading a terminal can't be cancelled, only left: Ctrl-C must not wait for a line.
        var answer = await Task.Run(() => outside.Input?.ReadLine(), outside.Interrupts.Drain).WaitAsync(outside.Interrupts.Drain);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
