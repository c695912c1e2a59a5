using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Views.Runs.Live;
using BatchRunner.Cli.World;
using BatchRunner.Scheduling;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests.Views.Runs;

public sealed class LiveViewSpecs : IDisposable
{
    static readonly RunSummary Begun = new() { Total = 40, Planned = 33, Queued = 7, Reserved = 175, MaxCredits = 1000, Remaining = TimeSpan.FromSeconds(500) };

    readonly ManualClock clock = new();
    readonly PaintedTerminal terminal = new(100);

    public void Dispose() => terminal.Dispose();

    [Theory]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(140)]
    public void Resized_it_leaves_nothing_of_what_was_painted_before(int width)
    {
        using var view = View();
        view.Started(Begun);
        for (var i = 0; i < 5; i++)
        {
            view.Job(MadeJobs.Job(i), new JobNews(JobNewsKind.Submitted, $"2785a72b-dac2-4ae3-b59d-421d4eba9a7{i}"), Begun);
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        terminal.Resize(width);
        clock.Advance(TimeSpan.FromSeconds(1));
        terminal.Resize(100);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Occurrences("generate"));
        Assert.Equal(1, Occurrences("ads  3s"));
        Assert.StartsWith(" ads  3s, about 7s left\n", terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_goes_on_while_nothing_happens()
    {
        using var view = View();
        view.Started(Begun);

        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.StartsWith(" ads  4s, about 6s left\n", terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void At_the_end_only_what_must_not_be_overlooked_stays()
    {
        using var view = View();
        view.Started(Begun);
        view.Note("the cap is near");
        view.Job(MadeJobs.Job(0), new JobNews(JobNewsKind.Failed, "safety-output: no"), Begun);
        clock.Advance(TimeSpan.FromSeconds(1));

        view.Finished(Begun);
        clock.Advance(TimeSpan.FromSeconds(5));
        terminal.WriteLine("what is said next");

        Assert.Equal("    0s  the cap is near\n    0s  job-0001  failed: safety-output: no\nwhat is said next", terminal.Shown);
    }

    [Fact]
    public void The_cursor_is_never_hidden()
    {
        using var view = View();
        view.Started(Begun);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain("?25l", terminal.Written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_is_gone_does_not_stop_a_run()
    {
        using var gone = new Gone();
        using var view = new LiveView("ads", gone, new Screen(() => (80, 24), true), clock, 1);
        view.Started(Begun);
        clock.Advance(TimeSpan.FromSeconds(1));

        view.Finished(Begun);

        Assert.Equal(1, gone.Tries);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(25, 6)]
    [InlineData(39, 10)]
    [InlineData(300, 100)]
    public void No_line_is_as_wide_as_the_screen_and_none_is_below_it(int width, int height)
    {
        LiveEvent[] events = [.. Enumerable.Range(0, 8).Select(i => new LiveEvent(TimeSpan.FromHours(i), $"ein-längerer-名前-{i}", JobNewsKind.Done, "子/片.mp4"))];
        var scene = new LiveScene("名前", Begun with { Running = 3, MeanProgress = 0.5 }, TimeSpan.FromHours(30), null, events);

        var lines = new LivePicture(width, height, hasUnicode: true).Lines(scene);

        Assert.InRange(lines.Count, 1, Math.Max(1, height - 1));
        Assert.All(lines, line => Assert.InRange(line.Cells, 0, Math.Max(1, width - 1)));
    }

    LiveView View() => new("ads", terminal, new Screen(() => terminal.Size, true), clock, 50);

    int Occurrences(string text) => terminal.Shown.Split(text).Length - 1;

    sealed class Gone : StringWriter
    {
        public int Tries { get; private set; }

        public override void Write(string? value)
        {
            Tries++;
            throw new IOException("Input/output error");
        }
    }
}
