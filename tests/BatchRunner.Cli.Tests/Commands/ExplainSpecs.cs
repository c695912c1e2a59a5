using System.Text.RegularExpressions;
using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

public sealed partial class ExplainSpecs
{
    [Fact]
    public async Task Every_attempt_is_told_with_its_times_its_task_and_its_cost()
    {
        await using var desk = await Desk.Open("task:failed:SAFETY.INPUT.TEXT=#1");
        await desk.Type("run batch.yaml --yes --new");
        await desk.Type("run batch.yaml --yes --only failed");

        var said = await desk.Type("explain batch.yaml calm-m01");
        var json = await desk.Type("explain out/ads calm-m01 --json");

        Assert.True(said.Exit == 0, said.ToString());
        Assert.StartsWith("calm-m01: done\n  why      every output is on disk, checked and synced\n  next     a run keeps it: its files are there\n", said.Output, StringComparison.Ordinal);
        Assert.Contains("  money    48 credits ($0.48) spent, 0 credits reserved\n", said.Output, StringComparison.Ordinal);
        Assert.Contains("attempt 1: task T, it cost 24 credits ($0.24)", Plain(said.Output), StringComparison.Ordinal);
        Assert.Contains("  AT  failed (SAFETY.INPUT.TEXT): ", Plain(said.Output), StringComparison.Ordinal);
        Assert.Contains("  AT  you asked for another attempt\n\nattempt 2: task T, it cost 24 credits ($0.24)", Plain(said.Output), StringComparison.Ordinal);
        var line = Assert.Single(json.Lines);
        Assert.Equal(2, line.GetProperty("attempts").GetArrayLength());
        Assert.Equal(await desk.Charges() is [var first, .., var last] ? [first, last] : [], line.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("task").GetString() ?? ""));
    }

    [Fact]
    public async Task A_failure_is_told_with_the_meaning_of_its_class()
    {
        await using var desk = await Desk.Open("task:failed:SAFETY.INPUT.TEXT=#1");
        await desk.Type("run batch.yaml --yes --new");

        var said = await desk.Type("explain batch.yaml calm-m01");

        Assert.Contains(
            "`safety-input`: Runway's moderation refused the prompt or the image, which it charges as a rule; no attempt is made by itself\n",
            said.Output,
            StringComparison.Ordinal);
        Assert.Contains("  next     a run leaves it alone: it failed as `safety-input`; `run --only failed` submits it again\n", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_row_is_told_with_what_it_was_and_what_it_is()
    {
        await using var desk = await Desk.Open();
        var fresh = await desk.Type("explain batch.yaml calm-m02");
        await desk.Type("run batch.yaml --yes --new");
        desk.Folder.Write("data/messages.csv", "id,scene\nm01,a window\nm02,a green table\nm03,a quiet desk\n");

        var changed = await desk.Type("explain batch.yaml calm-m02");

        Assert.Contains("  next     a run submits it, for 24 credits ($0.24) at most: nothing was paid for it yet\n", fresh.Output, StringComparison.Ordinal);
        Assert.Contains("  next     a run submits it, for 24 credits ($0.24) at most: promptText: a train table on linen -> a green table on linen\n", changed.Output, StringComparison.Ordinal);
        Assert.Contains("  promptText\n    was  a train table on linen\n    is   a green table on linen\n", changed.Output, StringComparison.Ordinal);
        Assert.Contains("other requests that had its name\n", changed.Output, StringComparison.Ordinal);
        Assert.Contains("  done; 24 credits ($0.24) spent, 0 credits reserved; a train table on linen\n", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_job_is_told_with_its_possible_cost_and_what_a_run_would_not_do()
    {
        await using var desk = await Desk.Open("post:rst-after=#2");
        await desk.Type("run batch.yaml --yes --new");

        var said = await desk.Type("explain batch.yaml calm-m02");
        var nobody = await desk.Type("explain batch.yaml calm-m20");

        Assert.Contains("  next     a run leaves it alone until you resolve it: ", said.Output, StringComparison.Ordinal);
        Assert.Contains("attempt 1: unknown, 24 credits ($0.24) may have been charged\n", said.Output, StringComparison.Ordinal);
        Assert.Contains("the account: balance 100 000 before, 99 952 after; generations today 0 before, 2 after\n", said.Output, StringComparison.Ordinal);
        Assert.Equal(4, nobody.Exit);
        Assert.Contains("BR0940: `calm-m20` is none of the 3 jobs here", nobody.Errors, StringComparison.Ordinal);
    }

    static string Plain(string text) => Id().Replace(Moment().Replace(text, "AT"), "T");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")]
    private static partial Regex Moment();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
