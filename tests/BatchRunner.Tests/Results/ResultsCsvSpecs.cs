using System.Globalization;
using System.Text;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Results;

public sealed class ResultsCsvSpecs
{
    const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0bb82cd15d6c15b0f00a08";

    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    static readonly Axis[] Axes = [new("message", ["id", "scene"]), new("format", ["id", "ratio"])];

    static readonly JobSpec First = Spec(0, "calm-m01-wide", "@person on linen, \"calm\"");

    [Fact]
    public void A_finished_job_a_failed_one_and_one_not_yet_begun()
    {
        var done = Life(
            new JobEvent.Intended(Nine, 1, 25),
            new JobEvent.Submitted(Nine.AddSeconds(1), 1, new TaskId("6a1f0000-0000-0000-0000-000000000001"), 25),
            new JobEvent.Seen(Nine.AddSeconds(4.25), 1, TaskStatus.Running, null),
            new JobEvent.Succeeded(Nine.AddSeconds(64), 1, 25),
            new JobEvent.Saved(Nine.AddSeconds(65.5), 1, [new JobFile("calm/m01-wide.mp4", 123456, Hash)]));
        var failed = Life(
            new JobEvent.Intended(Nine, 1, 25),
            new JobEvent.Submitted(Nine.AddSeconds(1), 1, new TaskId("6a1f0000-0000-0000-0000-000000000002"), null),
            new JobEvent.Failed(
                Nine.AddSeconds(9), 1, new JobFailure("SAFETY.INPUT.TEXT", "safety-input", false, "refused, sorry"), 25));

        var text = Write(
            new(First, done),
            new(First with { Id = "calm-m02-wide", Key = Key('b'), Prompt = "two" }, failed),
            new(First with { Id = "calm-m03-wide", Key = Key('c'), Prompt = "three", EstimatedCredits = null }, JobState.New));

        Assert.Equal(
            "job,template,message,format,message.id,message.scene,format.id,format.ratio,take,status,model,prompt,ratio,"
            + "duration,seed,task_id,attempts,estimated_credits,cost_credits,queued_seconds,running_seconds,"
            + "download_seconds,submitted_at,finished_at,file,bytes,sha256,failure_code,failure,next_step,orphaned,key\n"
            + "calm-m01-wide,calm,m01,wide,m01,'=cmd,wide,1280:720,1,done,gen4_turbo,\"'@person on linen, \"\"calm\"\"\",1280:720,"
            + "5,7,6a1f0000-0000-0000-0000-000000000001,1,25,25,3.2,59.7,"
            + $"1.5,2026-11-20T09:00:01Z,2026-11-20T09:01:05Z,calm/m01-wide.mp4,123456,{Hash},,,,false,{Key('a')}\n"
            + "calm-m02-wide,calm,m01,wide,m01,'=cmd,wide,1280:720,1,failed,gen4_turbo,two,1280:720,"
            + "5,7,6a1f0000-0000-0000-0000-000000000002,1,25,25,,,"
            + ",2026-11-20T09:00:01Z,2026-11-20T09:00:09Z,,,,SAFETY.INPUT.TEXT,"
            + "\"refused, sorry; Runway's moderation refused the prompt or the image, which it charges as a rule; 25 credits charged\","
            + $"change the prompt or the image; repeated refusals can suspend the account,false,{Key('b')}\n"
            + "calm-m03-wide,calm,m01,wide,m01,'=cmd,wide,1280:720,1,planned,gen4_turbo,three,1280:720,"
            + $"5,7,,0,,,,,,,,,,,,,,false,{Key('c')}\n",
            text);
    }

    [Fact]
    public void Several_outputs_of_one_task_are_separated_by_semicolons()
    {
        var done = Life(
            new JobEvent.Intended(Nine, 1, 25),
            new JobEvent.Submitted(Nine, 1, new TaskId("t"), null),
            new JobEvent.Succeeded(Nine, 1, 25),
            new JobEvent.Saved(Nine, 1, [new JobFile("a.png", 1, "aa"), new JobFile("a-2.png", 2, "bb")]));

        Assert.Contains(",a.png;a-2.png,1;2,aa;bb,", Write(new ResultRow(First, done)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_shares_anothers_clip_costs_nothing() => Assert.Contains(
        ",done,gen4_turbo,\"'@person on linen, \"\"calm\"\"\",1280:720,5,7,t,0,0,0,",
        Write(new ResultRow(First with { SharesWith = "other" }, Life(
            new JobEvent.Intended(Nine, 1, 25),
            new JobEvent.Submitted(Nine, 1, new TaskId("t"), null),
            new JobEvent.Succeeded(Nine, 1, 25),
            new JobEvent.Saved(Nine, 1, [new JobFile("a.mp4", 1, "aa")])))),
        StringComparison.Ordinal);

    [Fact]
    public void An_unknown_job_has_no_cost_and_says_what_to_do()
    {
        var text = Write(new ResultRow(First, Life(
            new JobEvent.Intended(Nine, 1, 25), new JobEvent.Lost(Nine, 1, "the connection broke"))));

        Assert.Contains(",unknown,", text, StringComparison.Ordinal);
        Assert.Contains(",1,25,,,,,,,,,,,the connection broke; it may have cost 25 credits,look in Runway's usage page whether it was charged; then `batchrunner resolve BATCH ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_job_says_what_the_account_said_before_and_after() => Assert.Contains(
        ",\"reset; it may have cost 25 credits; account: balance 1 025 before, 1 000 after, generations of `gen4_turbo` today 3 before, 4 after; "
            + "other jobs may have been charged in between\",",
        Write(new ResultRow(First, Life(
            new JobEvent.Intended(Nine, 1, 25),
            new JobEvent.Lost(Nine, 1, "reset"),
            new JobEvent.Hinted(Nine, 1, new AccountHint(1025, 3), new AccountHint(1000, 4))))),
        StringComparison.Ordinal);

    [Fact]
    public void What_signs_a_URL_is_left_out()
    {
        var signed = First with { Rows = [new("message", "m01", ["id", "scene"], ["m01", "https://cdn.example/a.png?X-Sig=secret"])] };

        var text = Write(new ResultRow(signed, JobState.New));

        Assert.Contains(",https://cdn.example/a.png,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_called_like_one_of_our_columns_gets_another_name()
    {
        var header = ResultsCsv.Header([new Axis("model", ["id", "request"])]);

        Assert.Contains("axis.model", header);
        Assert.Equal(header.Distinct(), header);
    }

    [Fact]
    public void What_the_journal_does_not_keep_of_a_moment_changes_no_byte()
    {
        JobState Life(Func<DateTimeOffset, DateTimeOffset> kept) => ResultsCsvSpecs.Life(
            new JobEvent.Intended(kept(Nine), 1, 25),
            new JobEvent.Submitted(kept(Nine.AddTicks(9_999)), 1, new TaskId("t"), null),
            new JobEvent.Seen(kept(Nine.AddTicks(1_009_998)), 1, TaskStatus.Running, null),
            new JobEvent.Succeeded(kept(Nine.AddTicks(20_509_999)), 1, 25));

        Assert.Equal(
            Write(new ResultRow(First, Life(time => time))),
            Write(new ResultRow(First, Life(time => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())))));
    }

    [Fact]
    public void An_orphan_says_so() =>
        Assert.EndsWith($",true,{Key('a')}\n", Write(new ResultRow(First, JobState.New, IsOrphaned: true)), StringComparison.Ordinal);

    [Fact]
    public void Another_culture_writes_the_same_bytes()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.DateTimeFormat.TimeSeparator = ".";
        var table = new ResultsTable(Axes, [new(First with { EstimatedCredits = 12.5m }, JobState.New)]);
        var before = ResultsCsv.Write(table);
        var current = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;

        try
        {
            Assert.Equal(before, ResultsCsv.Write(table));
        }
        finally
        {
            CultureInfo.CurrentCulture = current;
        }
    }

    static string Write(params ResultRow[] rows) => Encoding.UTF8.GetString(ResultsCsv.Write(new ResultsTable(Axes, rows)));

    static JobState Life(params JobEvent[] events) => events.Aggregate(JobState.New, JobLife.Apply);

    static JobKey Key(char digit) => new(new string(digit, 64));

    static JobSpec Spec(int index, string id, string prompt) => new()
    {
        Index = index,
        Key = Key('a'),
        Id = id,
        Output = "calm/m01-wide",
        Template = "calm",
        Take = 1,
        Rows = [new("message", "m01", ["id", "scene"], ["m01", "=cmd"]), new("format", "wide", ["id", "ratio"], ["wide", "1280:720"])],
        Endpoint = "image_to_video",
        Model = "gen4_turbo",
        Request = "{}",
        EstimatedCredits = 25,
        Prompt = prompt,
        Ratio = "1280:720",
        Duration = 5,
        Seed = 7,
        Extension = ".mp4",
    };
}
