using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Results.Reviewing;
using BatchRunner.Runway;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Results.Reviewing;

public sealed class ReviewFileSpecs : IDisposable
{
    static readonly string[] Order = ["aa", "bb", "cc"];

    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Verdicts_stand_in_the_order_of_the_plan_whatever_the_order_they_were_given_in()
    {
        var file = New();

        Put(file, "cc", Decisions.Rejected, "too dark");
        Put(file, "aa", Decisions.Approved);
        Put(file, "cc", Decisions.Approved, "");

        Assert.Equal("key,job,decision,note,by,task\naa,job-aa,approved,,Ada,t-aa\ncc,job-cc,approved,,Ada,t-cc\n", Text);
    }

    [Fact]
    public void What_is_taken_back_is_gone()
    {
        var file = New();
        Put(file, "aa", Decisions.Approved);

        Put(file, "aa", "");

        Assert.Equal("key,job,decision,note,by,task\n", Text);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\uff1d1+1")]
    [InlineData("say \"yes\", or\nnot; 100 %")]
    public void A_note_is_no_formula_in_a_spreadsheet_and_reads_back_as_it_was(string note)
    {
        var file = New();

        Put(file, "aa", Decisions.Rejected, note);

        Assert.DoesNotContain(",=", Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",@", Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",-", Text, StringComparison.Ordinal);
        Assert.Equal(note, New().Read([])?.Of("aa", Done("t-aa"))?.Note);
    }

    [Fact]
    public void What_somebody_adds_by_hand_stays_and_is_noticed()
    {
        var file = New();
        Put(file, "aa", Decisions.Approved);
        File.WriteAllText(Path, "\uFEFFkey;job;decision;stars\nbb;job-bb;Rejected;3\nold;gone;approved;1\n", new UTF8Encoding(false));

        var (review, isMerged, problem) = Put(file, "aa", Decisions.Approved, "fine");

        Assert.Null(problem);
        Assert.True(isMerged);
        Assert.Equal(Decisions.Rejected, review?.Of("bb", Done("any"))?.Decision);
        Assert.Equal(
            "\uFEFFkey,job,decision,stars,note,by,task\naa,job-aa,approved,,fine,Ada,t-aa\nbb,job-bb,Rejected,3,,,\nold,gone,approved,1,,,\n",
            Encoding.UTF8.GetString(File.ReadAllBytes(Path)));
        Assert.False(Put(file, "bb", Decisions.Rejected).IsMerged);
        Assert.Contains("bb,job-bb,rejected,3,,Ada,t-bb\n", Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key,decision\naa,maybe\n", "BR0991", 2)]
    [InlineData("key,decision\naa,aproved\n", "BR0991", 2)]
    [InlineData("key,note\naa,fine\n", "BR0990", 1)]
    [InlineData("job,decision\naa,approved\n", "BR0990", 1)]
    [InlineData("key,decision\n,approved\n", "BR0992", 2)]
    [InlineData("key,decision\n\"aa,approved\n", "BR0206", 2)]
    public void What_can_t_be_understood_is_told_with_its_place_and_never_written_over(string text, string code, int line)
    {
        File.WriteAllText(Path, text);
        var problems = new DiagnosticBag();

        Assert.Null(New().Read(problems));
        var (review, _, problem) = Put(New(), "aa", Decisions.Approved);

        Assert.Null(review);
        Assert.Equal((code, line), (problem?.Code, problem?.Place?.Line));
        Assert.Equal(code, Assert.Single(problems).Code);
        Assert.Equal(text, Text);
    }

    [Fact]
    public void A_file_that_can_t_be_written_is_told()
    {
        // What is written first has this name, and can't be there.
        Directory.CreateDirectory(Path + ".part");

        Assert.Equal("BR0993", Put(New(), "aa", Decisions.Approved).Problem?.Code);
    }

    [Fact]
    public void A_link_or_a_folder_in_its_place_is_neither_read_nor_replaced()
    {
        File.CreateSymbolicLink(Path, temp.Write("elsewhere.csv", "key,decision\naa,approved\n"));
        Assert.Equal("BR0994", Put(New(), "aa", Decisions.Approved).Problem?.Code);
        File.Delete(Path);
        Directory.CreateDirectory(Path);
        Assert.Equal("BR0994", Put(New(), "aa", Decisions.Approved).Problem?.Code);
    }

    [Fact]
    public void A_verdict_is_of_one_task_s_clip()
    {
        var review = new Review([new Verdict("aa", "t-1", "job-aa", Decisions.Rejected, "", "Ada"), new Verdict("bb", "", "", Decisions.Approved, "", "")]);

        Assert.Equal(Decisions.Rejected, review.Of("aa", Done("t-1"))?.Decision);
        Assert.Null(review.Of("aa", Done("t-2")));
        Assert.Null(review.Of("cc", Done("t-1")));
        Assert.Equal(Decisions.Approved, review.Of("bb", Done("t-9"))?.Decision);
        Assert.Null(review.Of("bb", JobState.New));
    }

    string Path => temp["ads.review.csv"];

    string Text => File.ReadAllText(Path);

    ReviewFile New() => new(Path, "ads.review.csv");

    static (Review? Review, bool IsMerged, Diagnostic? Problem) Put(ReviewFile file, string key, string decision, string note = "") => file.Put(
        new Verdict(key, "t-" + key, "job-" + key, decision, note, "Ada"), one => Array.IndexOf(Order, one) is >= 0 and var i ? i : null);

    static JobState Done(string task)
    {
        var now = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        JobEvent[] life =
        [
            new JobEvent.Intended(now, 1, 25), new JobEvent.Submitted(now, 1, new TaskId(task), null), new JobEvent.Succeeded(now, 1, 25),
            new JobEvent.Saved(now, 1, [new JobFile("a.mp4", 1, "00")]),
        ];
        return life.Aggregate(JobState.New, JobLife.Apply);
    }
}
