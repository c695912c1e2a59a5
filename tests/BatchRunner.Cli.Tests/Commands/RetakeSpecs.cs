using System.Runtime.InteropServices;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`run --retake`: one more take of what is done, priced and asked for like any new job, and an ordinary job from then on.</summary>
public sealed class RetakeSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    JournalContents Journal => ((ReadAnswer.Found)Journaling.Journal.Read(new RunFolder(typed.Folder["out/ads"]))).Contents;

    IEnumerable<string> Files => Directory.GetFiles(typed.Folder["out/ads"], "*.mp4", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(typed.Folder["out/ads"], file)).Order(StringComparer.Ordinal);

    [Fact]
    public async Task It_is_priced_asked_for_and_made_and_the_old_file_stays()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        var old = await File.ReadAllBytesAsync(typed.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken);

        Assert.Equal(10, await typed.Run("plan", "batch.yaml", "--retake", "--id", "calm-m02", "--detailed-exitcode", "--csv"));
        Assert.Contains("\ncalm-m02-take2,calm,m02,2,new,one more take was asked for,", typed.Output, StringComparison.Ordinal);
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--detailed-exitcode"));

        Assert.Equal(2, await typed.Pay("", "--retake", "--id", "calm-m02"));
        Assert.Contains("BR0913: this run may cost 24 credits", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Journal.Jobs.Sum(job => job.Takes));

        Assert.Equal(0, await typed.Pay("", "--retake", "--id", "calm-m02", "--yes"));
        Assert.Equal(["calm-m01.mp4", "calm-m02-take2.mp4", "calm-m02.mp4", "calm-m03.mp4"], Files);
        Assert.Equal(96m, Journal.Spent);
        Assert.Equal(old, await File.ReadAllBytesAsync(typed.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken));

        // An ordinary job from now on: planned, kept, not paid again, in results.csv, known to `explain`.
        Assert.Equal(0, await typed.Pay("", "--yes"));
        Assert.Equal(96m, Journal.Spent);
        Assert.Equal(["calm-m01", "calm-m02", "calm-m02-take2", "calm-m03"], Journal.Planned.Select(job => job.Spec.Id));
        Assert.Equal(0, await typed.Run("explain", "batch.yaml", "calm-m02-take2"));
        Assert.Equal(0, await typed.Run("status", "batch.yaml", "--where", "take == 2"));
    }

    [Fact]
    public async Task Said_again_it_makes_a_further_take_but_not_while_one_has_no_end_yet()
    {
        await using var desk = await Desk.Open();
        const string Retake = "run batch.yaml --retake --id calm-m01 --yes";
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new --id calm-m01")).Exit);
        desk.When = ("calm-m01-take2  submitted", interrupts => interrupts.Signal(PosixSignal.SIGINT));
        Assert.Equal(130, (await desk.Type(Retake)).Exit);

        Assert.Equal(0, (await desk.Type(Retake)).Exit);
        Assert.Equal(2, (await desk.Charges()).Count);

        Assert.Equal(0, (await desk.Type(Retake)).Exit);
        Assert.Equal(3, (await desk.Charges()).Count);
        Assert.True(File.Exists(desk.Folder["out/ads/calm-m01-take3.mp4"]));
    }

    [Fact]
    public async Task All_takes_of_a_job_selected_together_make_one_more()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--id", "calm-m01"));
        string[] again = ["--retake", "--id", "calm-m01*", "--yes"];
        Assert.Equal(0, await typed.Pay("", again));
        Assert.Equal(0, await typed.Pay("", again));

        Assert.Equal(["calm-m01-take2.mp4", "calm-m01-take3.mp4", "calm-m01.mp4"], Files);
        Assert.Equal(72m, Journal.Spent);

        // The manifest catches up: the same takes, nothing to pay for them.
        var manifest = await File.ReadAllTextAsync(typed.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        typed.Folder.Write("batch.yaml", manifest + "\ntakes: 3\n");
        Assert.Equal(0, await typed.Pay("", "--yes", "--id", "calm-m01*"));
        Assert.Equal(72m, Journal.Spent);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public async Task Takes_written_into_the_manifest_while_one_is_made_are_the_same_takes(int takes, int paid)
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new --id calm-m01")).Exit);
        var manifest = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.When = ("calm-m01-take2  submitted", interrupts =>
        {
            desk.Folder.Write("batch.yaml", manifest + $"\ntakes: {takes}\n");
            interrupts.Signal(PosixSignal.SIGINT);
        });
        Assert.Equal(130, (await desk.Type("run batch.yaml --retake --id calm-m01 --yes")).Exit);

        var next = await desk.Type("run batch.yaml --yes --id calm-m01*");

        Assert.True(next.Exit == 0, next.ToString());
        Assert.Equal(paid, (await desk.Charges()).Count);

        // And taken out again: what was made stays, and nothing is made in its place.
        desk.Folder.Write("batch.yaml", manifest);
        next = await desk.Type("run batch.yaml --yes --id calm-m01*");
        Assert.True(next.Exit == 0, next.ToString());
        Assert.Equal(paid, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task What_is_not_done_is_not_touched()
    {
        Assert.Equal(3, await typed.Pay("task:failed:SAFETY.INPUT.TEXT=#2", "--yes", "--new", "--limit", "2"));

        Assert.Equal(0, await typed.Pay("", "--retake", "--id", "*", "--yes"));

        Assert.Equal(["calm-m01-take2.mp4", "calm-m01.mp4"], Files);
        Assert.Equal(4, await typed.Pay("", "--retake", "--only", "failed", "--yes"));
        Assert.Contains("BR0939", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_saved_before_is_not_stale_by_it()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--id", "calm-m01"));
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--save", "plan.json", "--base-url", "http://127.0.0.1:1"));
        Assert.Equal(0, await typed.Pay("", "--retake", "--id", "calm-m01", "--yes"));

        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal(96m, Journal.Spent);
        Assert.Equal(["calm-m01", "calm-m01-take2", "calm-m02", "calm-m03"], Journal.Planned.Select(job => job.Spec.Id));
    }

    [Fact]
    public async Task A_folder_submits_nothing_so_it_makes_no_further_take()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--id", "calm-m01"));

        Assert.Equal(2, await typed.PayFor("out/ads", "", "--retake", "--id", "calm-m01", "--yes"));
        Assert.Contains("BR0960", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(24, Journal.Spent + Journal.Reserved);
    }

    [Fact]
    public async Task A_limit_counts_clips_that_are_there_and_says_how_many_takes_it_leaves_out()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--id", "calm-m02,calm-m03"));

        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--retake", "--limit", "1", "--sample", "2"));
        Assert.Contains("\ncalm-m02-take2  new ", typed.Output, StringComparison.Ordinal);
        Assert.Contains("\n`--sample 2 --limit 1` leaves out 1 more take\n", typed.Output, StringComparison.Ordinal);

        Assert.Equal(0, await typed.Pay("", "--retake", "--only", "done", "--limit", "1", "--yes"));
        Assert.Contains("`--limit 1` leaves out 1 more take\n", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(["calm-m02-take2.mp4", "calm-m02.mp4", "calm-m03.mp4"], Files);
    }
}
