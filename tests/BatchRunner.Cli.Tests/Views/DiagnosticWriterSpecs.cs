using BatchRunner.Cli.Views;
using BatchRunner.Diagnostics;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Views;

public sealed class DiagnosticWriterSpecs : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_line_is_for_machines_and_the_rest_for_people() => Assert.Equal(
        """
        batch.yaml:3:3: BR0107: unknown key `modle`
          |
        3 |   modle: gen4_turbo
          |   ^^^^^
          = hint: did you mean `model`?

        """,
        Full("version: 1\nrequest:\n  modle: gen4_turbo\n", 3, 3, 5, "unknown key `modle`", "did you mean `model`?"));

    [Fact]
    public void The_gutter_is_as_wide_as_the_number() => Assert.Equal(
        """
        batch.yaml:100:1: BR0107: here
            |
        100 | end
            | ^^^

        """,
        Full(new string('\n', 99) + "end\n", 100, 1, 3, "here", null));

    [Fact]
    public void A_warning_says_so() => Assert.StartsWith(
        "batch.yaml:1:1: BR0107: warning: careful\n",
        Write(new("BR0107", Severity.Warning, "careful", Place("x", 1, 1, 1)), DiagnosticForm.Full),
        StringComparison.Ordinal);

    [Fact]
    public void Without_a_place_it_is_the_program_that_speaks() => Assert.Equal(
        "batchrunner: BR0901: `rnu` is no command\n  = hint: did you mean `run`?\n",
        Write(new("BR0901", Severity.Error, "`rnu` is no command", null, "did you mean `run`?"), DiagnosticForm.Full));

    [Fact]
    public void Tabs_are_four_spaces_and_wide_letters_two_cells() => Assert.Equal(
        """
        batch.yaml:1:11: BR0107: here
          |
        1 |     漢字: x
          |           ^

        """,
        Full("\t漢字: x\n", 1, 6, 1, "here", null));

    [Fact]
    public void Behind_the_end_of_a_line_one_caret_stands_there() => Assert.Equal(
        """
        batch.yaml:1:4: BR0107: here
          |
        1 | abc
          |    ^

        """,
        Full("abc\n", 1, 4, 1, "here", null));

    [Fact]
    public void Carets_never_run_past_the_line() => Assert.Equal(
        """
        batch.yaml:1:3: BR0107: here
          |
        1 | abcd
          |   ^^

        """,
        Full("abcd\nefgh\n", 1, 3, 50, "here", null));

    [Fact]
    public void A_long_line_is_shown_through_a_window_around_the_place()
    {
        var line = $"prompt: {new string('a', 200)} {{{{ mesage.scene }}}} {new string('b', 200)}";
        var column = line.IndexOf("mesage", StringComparison.Ordinal) + 1;

        var lines = Full(line, 1, column, 6, "here", null, width: 60).Split('\n');

        Assert.Equal($"1 | …{new string('a', 28)} {{{{ mesage.scene }}}} bbbbbb…", lines[2]);
        Assert.Equal("  | " + new string(' ', 33) + "^^^^^^", lines[3]);
        Assert.All(lines, shown => Assert.True(shown.Length <= 60));
    }

    [Fact]
    public void Nothing_a_file_says_reaches_the_terminal_as_a_command() => Assert.Equal(
        """
        batch.yaml:1:9: BR0107: unknown key `\x1b[31m`
          |
        1 | a\x1b[2J: b
          |         ^

        """,
        Full("a\u001b[2J: b\n", 1, 6, 1, "unknown key `\u001b[31m`", null));

    [Fact]
    public void Plain_drops_the_excerpt_and_keeps_the_hint() => Assert.Equal(
        "batch.yaml:1:1: BR0107: here\n  = hint: do this\n",
        Write(new("BR0107", Severity.Error, "here", Place("x", 1, 1, 1), "do this"), DiagnosticForm.Plain));

    [Fact]
    public void Other_places_are_named() => Assert.Contains(
        "  = see: batch.yaml:1:1\n",
        Write(
            new("BR0107", Severity.Error, "here", Place("x", 1, 1, 1)) { Related = [Place("x", 1, 1, 1)] },
            DiagnosticForm.Full),
        StringComparison.Ordinal);

    [Fact]
    public void It_stops_at_twenty_and_counts_the_rest()
    {
        var text = new StringWriter { NewLine = "\n" };

        new DiagnosticWriter(text, DiagnosticForm.Full, 80).Write(
            [.. Enumerable.Range(0, 32).Select(i => new Diagnostic("BR0901", Severity.Error, $"mistake {i}"))]);

        Assert.EndsWith("mistake 19\nand 12 more\n", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, """
        batchrunner: BR0107: a message of a few
          words
          = hint: and a hint of a few more words
                  than fit
        """)]
    [InlineData(true, """
        batchrunner: BR0107: a message of a few words
          = hint: and a hint of a few more words than fit
        """)]
    public void On_a_terminal_long_ones_are_broken_between_words_unless_a_line_is_to_be_a_line(bool isPlain, string told)
    {
        var text = new StringWriter { NewLine = "\n" };

        new DiagnosticWriter(text, isPlain ? DiagnosticForm.Plain : DiagnosticForm.Full, 40, wrap: 40).Write(
            new Diagnostic("BR0107", Severity.Error, "a message of a few words", Hint: "and a hint of a few more words than fit"));

        Assert.Equal(told.ReplaceLineEndings("\n") + "\n", text.ToString());
    }

    [Fact]
    public void In_JSON_every_field_is_on_one_line_of_printable_characters() => Assert.Equal(
        """{"type":"diagnostic","code":"BR0107","severity":"error","message":"`\u202e` is <odd>\n","file":"batch.yaml","line":1,"column":1,"length":1,"hint":"do this"}""" + "\n",
        Write(new("BR0107", Severity.Error, "`\u202e` is <odd>\n", Place("x", 1, 1, 1), "do this"), DiagnosticForm.Json));

    string Full(string file, int line, int column, int length, string message, string? hint, int width = 80) =>
        Write(new Diagnostic("BR0107", Severity.Error, message, Place(file, line, column, length), hint), DiagnosticForm.Full, width);

    static string Write(Diagnostic diagnostic, DiagnosticForm form, int width = 80)
    {
        var text = new StringWriter { NewLine = "\n" };
        new DiagnosticWriter(text, form, width).Write(diagnostic);
        return text.ToString();
    }

    SourcePlace Place(string text, int line, int column, int length) =>
        new(new SourceFile("batch.yaml", folder.Write("batch.yaml", text)), line, column, length);
}
