using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.Views.Runs.Live;
using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Views.Runs;

public sealed class ToldRunSpecs
{
    const string Folder = "tests/BatchRunner.Cli.Tests/Cases/Runs";

    readonly ToldRun told = new();

    [Theory]
    [InlineData("plain", null)]
    [InlineData("plain-40", 40)]
    public void In_plain_mode_a_run_reads_exactly_so(string name, int? width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var voice = told.VoiceInto(output, error, DiagnosticForm.Plain, width);

        told.Tell(new PlainView(voice, told.Clock, 1));
        told.End(voice);

        AssertSaid(name, $"{error}(standard output)\n{output}");
    }

    [Fact]
    public void In_JSON_mode_a_run_reads_exactly_so()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var voice = told.VoiceInto(output, error, DiagnosticForm.Json);

        told.Tell(new JsonView(output, told.Clock));
        told.End(voice);

        Assert.Empty(error.ToString());
        AssertSaid("json", output.ToString());
    }

    [Fact]
    public void In_JSON_mode_canaries_that_are_over_are_an_event()
    {
        using var output = new StringWriter { NewLine = "\n" };

        new JsonView(output, told.Clock).Canary(jobs: 4, done: 3, credits: 100, restJobs: 36, restCredits: 900);

        AssertSaid("canary", output.ToString());
    }

    [Fact]
    public void In_GitHub_Actions_the_jobs_that_ended_badly_are_told_at_their_lines()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var voice = told.VoiceInto(output, error, DiagnosticForm.Json, isGitHub: true);

        told.Tell(new JsonView(output, told.Clock));
        told.End(voice);

        AssertSaid("github", error.ToString());
    }

    [Theory]
    [InlineData("live-140", 140)]
    [InlineData("live-80", 80)]
    [InlineData("live-40", 40)]
    [InlineData("live-ascii", 60)]
    public void On_a_terminal_a_run_looks_exactly_so(string name, int width)
    {
        using var terminal = new PaintedTerminal(width);
        using var view = new LiveView("ads", terminal, new Screen(() => terminal.Size, name != "live-ascii"), told.Clock, 1);
        var between = "";

        told.Tell(view, () =>
        {
            told.Clock.Advance(TimeSpan.FromSeconds(1));
            between = terminal.Shown;
        });

        AssertSaid(name, $"{between}\n(after the end)\n{terminal.Shown}\n");
    }

    static void AssertSaid(string name, string said) => Assert.Equal(CaseFile.Load(Folder, name).Expected("said", said), said);
}
