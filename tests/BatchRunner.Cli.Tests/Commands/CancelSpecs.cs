using System.Runtime.InteropServices;
using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

public sealed class CancelSpecs
{
    // Tasks that never begin: they can be cancelled whenever the test comes to it.
    const string Waiting = "task:stuck-pending";

    [Fact]
    public async Task Running_tasks_are_deleted_after_a_yes_and_not_submitted_again()
    {
        await using var desk = await LeaveRunning(Waiting);

        var unasked = await desk.Type("cancel batch.yaml");
        desk.Answer = "n";
        var declined = await desk.Type("cancel batch.yaml");
        desk.Answer = "y";
        var one = await desk.Type("cancel batch.yaml calm-m02");
        desk.Answer = null;
        var rest = await desk.Type("cancel batch.yaml --yes --json");
        var none = await desk.Type("cancel batch.yaml --yes");
        var run = await desk.Type("run batch.yaml --yes");

        Assert.True(unasked.Exit == 2, unasked.ToString());
        Assert.Contains("BR0955: 3 running tasks would be deleted, and nobody is there to say yes", unasked.Errors, StringComparison.Ordinal);
        Assert.Contains("delete 3 running tasks? what was spent on them, 72 credits ($0.72) at most", declined.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was deleted", declined.Errors, StringComparison.Ordinal);
        Assert.True(one.Exit == 0, one.ToString());
        Assert.Equal("calm-m02: cancelled; Runway did not say what it cost, so 24 credits stay reserved\n", one.Output);
        Assert.True(rest.Exit == 0, rest.ToString());
        Assert.Equal(["calm-m01", "calm-m03"], rest.Lines.Select(line => line.GetProperty("job").GetString()));
        Assert.All(rest.Lines, line => Assert.Equal("cancelled", line.GetProperty("what").GetString()));
        Assert.Equal(4, none.Exit);
        Assert.Contains("BR0954: none of the 3 jobs has a running task, so there is nothing to cancel", none.Errors, StringComparison.Ordinal);
        Assert.Equal(3, run.Exit);
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task What_has_finished_meanwhile_is_left_for_the_next_run()
    {
        await using var desk = await LeaveRunning("");
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken);

        var said = await desk.Type("cancel batch.yaml calm-m01 --yes");
        var run = await desk.Type("run batch.yaml --yes");

        Assert.True(said.Exit == 7, said.ToString());
        Assert.Equal(
            "calm-m01: finished before it could be cancelled, so it was left for a run to download; it cost 24 credits ($0.24)\n", said.Output);
        Assert.True(run.Exit == 0, run.ToString());
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Theory]
    [InlineData("calm-m20", 4, "= hint: did you mean `calm-m02`?")]
    [InlineData("--id bold-*", 4, "BR0930: `--id bold-*` matches none of the 3 jobs")]
    [InlineData("--only done", 4, "BR0930: `--only done` matches none of the 3 jobs")]
    [InlineData("--only ended", 2, "BR0926")]
    public async Task A_wrong_selection_deletes_nothing(string line, int exit, string says)
    {
        await using var desk = await LeaveRunning(Waiting);

        var said = await desk.Type($"cancel batch.yaml {line} --yes");

        Assert.True(said.Exit == exit && said.Errors.Contains(says, StringComparison.Ordinal), said.ToString());
        Assert.Equal(0, (await desk.Type("cancel batch.yaml --yes")).Exit);
    }

    [Fact]
    public async Task A_job_without_a_running_task_is_told_as_it_is()
    {
        await using var desk = await Desk.Open("post:rst-after=#2");
        await desk.Type("run batch.yaml --yes --new");

        var done = await desk.Type("cancel batch.yaml calm-m01 --yes");
        var unknown = await desk.Type("cancel batch.yaml calm-m02 --yes");

        Assert.Equal((4, 4), (done.Exit, unknown.Exit));
        Assert.Contains("BR0954: `calm-m01` is done, so there is nothing to cancel", done.Errors, StringComparison.Ordinal);
        Assert.Contains("`batchrunner resolve` settles it", unknown.Errors, StringComparison.Ordinal);
    }

    // A run that is interrupted once its three tasks are submitted.
    static async Task<Desk> LeaveRunning(string faults)
    {
        var desk = await Desk.Open(faults);
        desk.When = ("calm-m03  submitted", interrupts => interrupts.Signal(PosixSignal.SIGINT));
        var said = await desk.Type("run batch.yaml --yes --new");
        Assert.True(said.Exit == 130, said.ToString());
        return desk;
    }
}
