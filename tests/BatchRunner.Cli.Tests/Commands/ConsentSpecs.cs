using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>Nothing is paid for before somebody said yes, to a price and a place.</summary>
public sealed class ConsentSpecs
{
    [Fact]
    public async Task On_a_terminal_the_question_names_server_folder_count_and_price()
    {
        await using var desk = await Desk.Open();

        desk.Answer = "n";
        var declined = await desk.Type("run batch.yaml");
        desk.Answer = "yes";
        var agreed = await desk.Type("run batch.yaml --id *m01");

        Assert.True(declined.Exit == 2, declined.ToString());
        Assert.Contains(
            "submit 3 jobs to 127.0.0.1 for 72 credits ($0.72) at most, into out/ads? [y/N]", declined.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", declined.Errors, StringComparison.Ordinal);
        Assert.True(agreed.Exit == 0, agreed.ToString());
        Assert.Contains("submit 1 job to 127.0.0.1 for 24 credits ($0.24) at most, into out/ads?", agreed.Errors, StringComparison.Ordinal);
        Assert.Single(await desk.Charges());
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_yes_is_said_beforehand_and_new_for_a_first_run()
    {
        await using var desk = await Desk.Open();

        var silent = await desk.Type("run batch.yaml");
        var yes = await desk.Type("run batch.yaml --yes");
        var first = await desk.Type("run batch.yaml --yes --new --id *m01");
        var mute = await desk.Type("run batch.yaml");
        var second = await desk.Type("run batch.yaml --yes --id *m02");

        Assert.Equal((2, 2, 0, 2, 0), (silent.Exit, yes.Exit, first.Exit, mute.Exit, second.Exit));
        Assert.Contains("BR0913", silent.Errors, StringComparison.Ordinal);
        Assert.Contains("BR0929", yes.Errors, StringComparison.Ordinal);
        Assert.Contains("BR0913: this run may cost 48 credits ($0.48) at most", mute.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Charges()).Count);
    }

    [Theory]
    [InlineData(500, 30, 1)]
    [InlineData(50, 400, 2)]
    public async Task Of_two_caps_the_lower_one_holds(int manifest, int option, int paid)
    {
        await using var desk = await Desk.Open();
        var text = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", text.Replace("max_credits: 500", $"max_credits: {manifest}", StringComparison.Ordinal));

        var run = await desk.Type($"run batch.yaml --yes --new --max-credits {option}");

        Assert.True(run.Exit == 5, run.ToString());
        Assert.Equal(paid, (await desk.Charges()).Count);
        Assert.Contains(
            option < manifest ? "give `--max-credits 72` or more to go on" : "raise `limits.max_credits` to at least 72 to go on (batch.yaml:6:24)",
            run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_with_more_jobs_than_max_jobs_is_refused()
    {
        await using var desk = await Desk.Open();

        var run = await desk.Type("run batch.yaml --yes --new --max-jobs 2");

        Assert.Equal(2, run.Exit);
        Assert.Contains("BR0915: the manifest has 3 jobs, and `--max-jobs` is 2; nothing was sent", run.Errors, StringComparison.Ordinal);
        Assert.Empty(await desk.Charges());
    }
}
