using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>The way back from a review: what was rejected is made once more, and nothing else.</summary>
public sealed class RejectedSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task Each_rejected_clip_gets_one_next_take_and_no_further_one_without_a_new_verdict()
    {
        string[] again = ["--only", "rejected", "--retake", "--yes"];
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        Say(("calm-m01", "approved"), ("calm-m02", "rejected"));
        var old = await File.ReadAllBytesAsync(typed.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken);

        Assert.Equal(0, await typed.Pay("", again));
        Assert.Equal(["calm-m01", "calm-m02", "calm-m02-take2", "calm-m03"], Ids);
        Assert.Equal(96m, Journal.Spent);
        Assert.Equal(old, await File.ReadAllBytesAsync(typed.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken));

        Assert.Equal(4, await typed.Pay("", again));
        Assert.Contains("BR0930", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(96m, Journal.Spent);

        Say(("calm-m01", "approved"), ("calm-m02", "rejected"), ("calm-m02-take2", "rejected"));
        Assert.Equal(0, await typed.Pay("", again));
        Assert.Equal(["calm-m01", "calm-m02", "calm-m02-take2", "calm-m02-take3", "calm-m03"], Ids);
        Assert.Equal(120m, Journal.Spent);
    }

    [Fact]
    public async Task Approved_takes_are_chosen_for_what_follows()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        Assert.Equal(4, await typed.Run("status", "batch.yaml", "--only", "approved"));
        Assert.Equal(4, await typed.Pay("", "--yes", "--retake", "--only", "rejected"));
        Assert.Contains("BR0930: `--only rejected` matches no job: verdicts are in `ads.review.csv`, which is not there; nothing was sent", typed.Errors, StringComparison.Ordinal);
        Say(("calm-m01", "approved"), ("calm-m02", "rejected"));
        Assert.Equal(0, await typed.Pay("", "--retake", "--only", "rejected", "--yes"));
        Say(("calm-m01", "approved"), ("calm-m02-take2", "approved"));

        Assert.Equal(0, await typed.Run("report", "out/ads", "--only", "approved"));

        var page = await File.ReadAllTextAsync(typed.Folder["out/ads/report.html"], TestContext.Current.CancellationToken);
        Assert.Contains("\"job\":\"calm-m01\"", page, StringComparison.Ordinal);
        Assert.Contains("\"job\":\"calm-m02-take2\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"job\":\"calm-m02\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"job\":\"calm-m03\"", page, StringComparison.Ordinal);
        Assert.Contains("\"decision\":\"approved\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_of_another_task_s_clip_does_not_count()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        Say(("calm-m02", "rejected"));
        var text = await File.ReadAllTextAsync(typed.Folder["ads.review.csv"], TestContext.Current.CancellationToken);
        typed.Folder.Write("ads.review.csv", text.TrimEnd('\n') + "x\n");

        Assert.Equal(4, await typed.Pay("", "--retake", "--only", "rejected", "--yes"));

        Assert.Equal(72m, Journal.Spent);
    }

    [Fact]
    public async Task A_review_of_a_simulated_run_is_not_one_of_the_paid_run()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        typed.Folder.Write("ads.simulated.review.csv", $"key,decision\n{Journal.Planned.First().Spec.Key.Hex},rejected\n");

        Assert.Equal(4, await typed.Run("status", "batch.yaml", "--only", "rejected"));
    }

    [Fact]
    public async Task A_word_in_the_review_file_that_is_no_decision_stops_before_anything_is_paid()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        Say(("calm-m02", "rejcted"));

        Assert.Equal(2, await typed.Pay("", "--retake", "--only", "rejected", "--yes"));

        Assert.Contains("ads.review.csv:2:1: BR0991: `rejcted` is no decision", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("did you mean `rejected`?", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(72m, Journal.Spent);
    }

    [Fact]
    public async Task However_a_spreadsheet_left_the_file_it_is_read_or_told_at_its_line()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        var job = Journal.Planned.Single(job => job.Spec.Id == "calm-m02");
        var (key, task) = (job.Spec.Key.Hex, job.State.Task?.Value);
        (string File, int Exit, string Says)[] cases =
        [
            ($"\uFEFFkey,decision\r\n{key},rejected\r\n", 0, "calm-m02"),
            ($"key;job;decision;note;by;task\n{key};calm-m02;rejected;too dark;Ada;{task}\n", 0, "calm-m02"),
            ($"key\tdecision\n{key.ToUpperInvariant()}\tREJECTED\n", 0, "calm-m02"),
            ($"key,decision\n {key} , rejected \n", 0, "calm-m02"),
            ($"key,decision\n{key},rejected\n,\n\n", 0, "calm-m02"),
            ($"Key,Decision\n{key},rejected\n", 2, "1:1: BR0990"),
            ($"key,decision,note\n{key},rejected,'=HYPERLINK(1)\n{new string('0', 64)},rejected,nobody's\n", 0, "calm-m02"),
            ($"key,decision\n{key},=rejected\n", 2, "2:1: BR0991: `=rejected` is no decision"),
            ($"key,decision\n{key},rejected\n{key},approved\n", 4, "BR0930"),
            ($"key,decision,task\n{key},rejected,\n{key},approved,{task}\n", 4, "BR0930"),
            ($"key,decision,task\n{key},rejected,no-such-task\n", 4, "BR0930"),
            ($"key,decision\n{new string('0', 64)},rejected\n", 4, "BR0930"),
            ($"key,key,decision\n{key},{key},rejected\n", 2, "ads.review.csv:1:"),
            ($"key,decision\n{key}\n", 2, "ads.review.csv:2:"),
        ];

        var found = new List<string>();
        foreach (var (file, exit, says) in cases)
        {
            typed.Folder.Write("ads.review.csv", file);
            var said = await typed.Type("status batch.yaml --only rejected");
            if (said.Exit != exit || !(said.Output + said.Errors).Contains(says, StringComparison.Ordinal))
            {
                found.Add($"{file} should be {exit} and say {says}, but: {said}");
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    JournalContents Journal => ((ReadAnswer.Found)Journaling.Journal.Read(new RunFolder(typed.Folder["out/ads"]))).Contents;

    IEnumerable<string> Ids => Journal.Planned.Select(job => job.Spec.Id);

    void Say(params (string Id, string Decision)[] verdicts) => typed.Folder.Write("ads.review.csv", "key,job,decision,note,by,task\n" + string.Concat(
        verdicts.Select(verdict =>
        {
            var job = Journal.Planned.Single(job => job.Spec.Id == verdict.Id);
            return $"{job.Spec.Key.Hex},{verdict.Id},{verdict.Decision},,Ada,{job.State.Task?.Value}\n";
        })));
}
