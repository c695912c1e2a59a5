using System.Text.RegularExpressions;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.Views.Runs.Live;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Results.Verifying;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests;

/// <summary>Ten thousand strings, each in every field that somebody else fills, through every view.</summary>
public sealed partial class FuzzedTextSpecs : IDisposable
{
    const int Strings = 10_000;
    const int AtOnce = 100;

    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    readonly ManualClock clock = new();
    readonly Interrupts interrupts = new();
    readonly StringWriter output = new() { NewLine = "\n" };
    readonly StringWriter error = new() { NewLine = "\n" };

    public void Dispose()
    {
        interrupts.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public void No_string_leaves_a_control_byte_or_a_line_of_its_own()
    {
        var fuzz = new FuzzedText(20261121);
        for (var round = 0; round < Strings / AtOnce; round++)
        {
            var different = new HashSet<string>(StringComparer.Ordinal);
            while (different.Count < AtOnce)
            {
                different.Add(fuzz.Next());
            }

            List<string> texts = [.. different];
            foreach (var form in Enum.GetValues<DiagnosticForm>().Where(form => round == 0 || (int)form == round % 3))
            {
                ShowAll(texts, form);
                var said = output.ToString() + error;
                AssertSafe(said);
                output.GetStringBuilder().Clear();
                error.GetStringBuilder().Clear();

                // As many lines as plain words make, so none was forged.
                if (round == 0)
                {
                    ShowAll([.. texts.Select((_, i) => $"word{i}")], form);
                    Assert.Equal((output.ToString() + error).Count(c => c == '\n'), said.Count(c => c == '\n'));
                    output.GetStringBuilder().Clear();
                    error.GetStringBuilder().Clear();
                }
            }
        }
    }

    void ShowAll(List<string> texts, DiagnosticForm form)
    {
        var voice = new Voice(
            new Surroundings
            {
                Output = output, Error = error, Time = clock, Interrupts = interrupts,
                Variable = name => name == "GITHUB_ACTIONS" ? "true" : null,
            },
            form, mayColour: false);
        var jobs = texts.Select(Job).ToList();
        List<ResultRow> rows = [.. jobs.Zip(texts, (job, text) => new ResultRow(job, Life(text, job.Index), job.Index % 10 == 9))];
        var journal = new JournalContents(null, [.. rows.Select((row, i) => new JournaledJob(i + 1, row.Job, row.State, null, true, 1))], [.. rows.Select((_, i) => i + 1)]);
        ShowRun(texts, jobs, rows, voice);
        ShowJobs(texts, rows, journal, voice);
        var plan = new PlanFacts(Planner.Plan(MadeJobs.Batch(jobs), JournalContents.Empty), null, null, null, IsSimulated: false);
        new PlanView(voice).Write(plan);
        foreach (var line in PlanJson.Lines(plan).Concat(PlanMarkdown.Lines(plan)))
        {
            voice.Answer(line);
        }

        voice.Write([.. texts.Select(text => new Diagnostic(
            "BR0999", Severity.Warning, text, new SourcePlace(File(text), 2, 3), text) { Related = [new SourcePlace(File(text), 1, 1)] })]);
    }

    void ShowRun(List<string> texts, List<JobSpec> jobs, List<ResultRow> rows, Voice voice)
    {
        var summary = new RunSummary { Total = texts.Count };
        IRunView view = voice.IsJson ? new JsonView(output, clock) : new PlainView(voice, clock, 1);
        view.Started(summary);
        foreach (var (job, text) in jobs.Zip(texts))
        {
            view.Job(job, new JobNews((JobNewsKind)(job.Index % 12), text), summary);
            view.Note(text);
        }

        view.Finished(summary);
        var place = new RunPlace(new RunFolder("/nowhere"), SafeText.Line(texts[0]));
        var request = new RunRequest
        {
            Batch = new BatchRequest(texts[1], IsSimulated: false, texts[2], null, null), BaseUrl = texts[3], Selection = new Selection([], new HashSet<JobStatus>(), null),
        };
        new EndView(voice, place, request, TimeSpan.Zero).Write(
            new RunOutcome { Summary = summary, RunningCount = 1 }, new ResultsTable([], rows), texts[4], id => new SourcePlace(File(id), 1, 1));
        foreach (var some in jobs.Zip(texts).Chunk(8))
        {
            LiveEvent[] events = [.. some.Select(pair => new LiveEvent(TimeSpan.Zero, pair.First.Id, JobNewsKind.Failed, pair.Second))];
            foreach (var line in new LivePicture(200, 30, true).Lines(new LiveScene(some[0].Second, summary, TimeSpan.Zero, null, events)))
            {
                voice.Answer(line.Render(hasColours: false));
            }
        }
    }

    static void ShowJobs(List<string> texts, List<ResultRow> rows, JournalContents journal, Voice voice)
    {
        new StatusView(voice).Write(new RunPlace(new RunFolder("/nowhere"), "out"), journal, rows, isSelected: true);
        foreach (var job in journal.Jobs)
        {
            var explained = new Explanation { Spec = job.Spec, Known = job, Planned = null, Namesakes = [job] };
            new ExplanationView(voice).Write(explained, [new JobEvent.Submitted(Nine, 1, new TaskId("t"), null)]);
        }

        new VerifiedView(voice, "batchrunner run").Write("out", new Verification
        {
            FileCount = 1, Bytes = 1, IsAtWork = false,
            Broken = [.. texts.Zip(journal.Jobs, (text, job) => new Finding(FindingKind.Missing, text, job, text))],
            Strangers = [.. texts.Select(text => new Finding(FindingKind.Stranger, text, null, text))],
        });
    }

    static JobSpec Job(string text, int index) => MadeJobs.Job(index, text, "prompt") with
    {
        Prompt = text, Template = text, Model = text, Ratio = text, Endpoint = text, Output = text, Rows = [new AxisRow(text, text, [text], [text])],
    };

    // No path that was ever opened holds a null character.
    static SourceFile File(string text) => new(text, "/nowhere/" + text.Replace("\0", "", StringComparison.Ordinal));

    static JobState Life(string text, int index)
    {
        JobEvent[] begun = [new JobEvent.Intended(Nine, 1, 25), new JobEvent.Submitted(Nine, 1, new TaskId(text), null)];
        JobEvent[] events = (index % 4) switch
        {
            0 => [.. begun, new JobEvent.Failed(Nine, 1, new JobFailure(text, text, false, text), 25)],
            1 => [begun[0], new JobEvent.Lost(Nine, 1, text)],
            2 => [new JobEvent.Screened(Nine, text)],
            _ => [.. begun, new JobEvent.Succeeded(Nine, 1, 25), new JobEvent.Saved(Nine, 1, [new JobFile(text, 1, "00")])],
        };
        return events.Aggregate(JobState.New, JobLife.Apply);
    }

    static void AssertSafe(string said)
    {
        foreach (var line in said.Split('\n'))
        {
            foreach (var rune in line.EnumerateRunes())
            {
                if (SafeText.IsUnsafe(rune))
                {
                    Assert.Fail($"U+{rune.Value:x4} in {line}");
                }
            }

            Assert.False(Order().IsMatch(line), line);
        }
    }

    // Ours are written by one method, and escape what would end them.
    [GeneratedRegex(@"^\s*::(?!(?:error|warning) (?:file=[^:,]*,line=\d+,col=\d+,)?title=[^:,]*::)|##\w*\[")]
    private static partial Regex Order();
}
