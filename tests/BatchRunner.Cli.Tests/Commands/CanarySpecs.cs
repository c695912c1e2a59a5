using System.Runtime.InteropServices;
using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`run --canary`: a few jobs of each template first, and the rest only after somebody, or something, said yes.</summary>
public sealed class CanarySpecs : IAsyncDisposable
{
    readonly Desk desk = new();

    public CanarySpecs() => desk.Folder.Write("batch.yaml", """
        version: 1
        name: ads
        templates: { calm: "{{ message.scene }} on linen", bold: "{{ message.scene }} on steel" }
        variables: { message: data/messages.csv }
        request: { model: gen4.5, ratio: "1280:720", duration: 2 }
        limits: { max_credits: 500, attempts: 1 }
        """);

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    async Task<int> Paid() => (await desk.Charges()).Count;

    string Script(string lines)
    {
        desk.Folder.Write("check.sh", lines + "\n");
        return "/bin/sh check.sh";
    }

    static void NeedsShell() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the check is a shell script");

    [Fact]
    public async Task The_question_says_what_was_made_and_what_the_rest_costs_and_yes_goes_on()
    {
        desk.Answer = "y\ny";

        Assert.True(await desk.Pay("", "--canary", "1") == 0, desk.Errors);

        Assert.Contains("submit 2 jobs to 127.0.0.1 for 48 credits ($0.48) at most first, into out/ads, before 4 jobs more for 96 credits ($0.96) at most? [y/N]", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("2 of 2 canary jobs done, for 48 credits ($0.48)", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("done     calm-m01: 24 credits, out/ads/calm-m01.mp4", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("submit the rest, 4 jobs for 96 credits ($0.96) at most? [y/N]", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("6 of 6 jobs done", desk.Errors, StringComparison.Ordinal);
        Assert.Equal("out/ads/results.csv\n", desk.Output);
        Assert.Equal(6, await Paid());
    }

    [Fact]
    public async Task No_leaves_the_rest_planned_and_a_repeated_run_makes_no_further_canaries()
    {
        desk.Answer = "y\nn";
        Assert.Equal(7, await desk.Pay("", "--canary", "1"));
        Assert.Equal(2, await Paid());
        Assert.Contains("goes on where this stopped", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(7, await desk.Run("status", "batch.yaml", "--only", "planned", "--json"));

        desk.Answer = "n";
        Assert.Equal(7, await desk.Pay("", "--canary", "1"));
        Assert.Equal(2, await Paid());

        desk.Answer = "y";
        Assert.Equal(0, await desk.Pay("", "--canary", "1"));
        Assert.Equal(6, await Paid());
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_it_is_refused_before_anything_is_paid()
    {
        Assert.Equal(2, await desk.Pay("", "--yes", "--new", "--canary", "1"));

        Assert.Contains("BR0971", desk.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(desk.Folder["out"]));
        Assert.Equal(2, await desk.Pay("", "--yes", "--new", "--canary", "1", "--canary-check", "./nowhere.sh"));
        Assert.Contains("BR0973", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await Paid());
    }

    [Fact]
    public async Task A_check_hears_of_the_run_but_not_of_our_keys_and_0_goes_on()
    {
        NeedsShell();
        var check = Script("""
            test -f "$BATCHRUNNER_RESULTS" && test -f "$BATCHRUNNER_REPORT" && test -d "$BATCHRUNNER_FOLDER" || exit 9
            echo "$BATCHRUNNER_CANARY_DONE of $BATCHRUNNER_CANARY_JOBS for $BATCHRUNNER_CANARY_CREDITS, $BATCHRUNNER_REST_JOBS for $BATCHRUNNER_REST_CREDITS"
            echo "key: $RUNWAYML_API_SECRET$RUNWAY_API_KEY$BATCHRUNNER_MODERATION_KEY." >&2
            cat
            """);

        Assert.True(await desk.Pay("", "--yes", "--new", "--canary", "1", "--canary-check", check) == 0, desk.Errors);

        Assert.Contains("  | 2 of 2 for 48, 4 for 96\n", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("  | key: .\n", desk.Errors, StringComparison.Ordinal);
        Assert.Equal("out/ads/results.csv\n", desk.Output);
        Assert.Equal(6, await Paid());
    }

    [Fact]
    public async Task A_check_that_fails_leaves_the_rest_planned()
    {
        NeedsShell();

        Assert.Equal(7, await desk.Pay("", "--yes", "--new", "--canary", "1", "--canary-check", Script("exit 3")));

        Assert.Contains("the check ended with 3: the rest stays planned", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await Paid());
    }

    [Fact]
    public async Task Ctrl_C_ends_a_check_that_hangs_with_all_its_children()
    {
        NeedsShell();
        desk.When = ("| ready", interrupts => interrupts.Signal(PosixSignal.SIGINT));

        Assert.Equal(130, await desk.Pay("", "--yes", "--new", "--canary", "1", "--canary-check", Script("echo ready; sleep 600; echo never")));

        Assert.Contains("the check was ended: the rest stays planned", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await Paid());
    }

    [Fact]
    public async Task A_check_that_hangs_is_ended_by_max_duration()
    {
        NeedsShell();
        var manifest = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", manifest.Replace("attempts: 1", "attempts: 1, max_duration: 10m", StringComparison.Ordinal));

        Assert.Equal(5, await desk.Pay("", "--yes", "--new", "--canary", "1", "--canary-check", Script("sleep 600")));

        Assert.Contains("the check was ended", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await Paid());
    }

    [Fact]
    public async Task Ctrl_C_in_the_question_is_130_and_nothing_more_is_paid()
    {
        desk.Answer = "y";
        desk.When = ("submit the rest", interrupts => interrupts.Signal(PosixSignal.SIGINT));

        Assert.Equal(130, await desk.Pay("", "--canary", "1"));

        Assert.Equal(2, await Paid());
    }

    [Fact]
    public async Task A_canary_that_fails_is_told_and_one_that_is_unknown_is_not_asked_about()
    {
        desk.Answer = "y\nn";
        Assert.Equal(7, await desk.Pay("task:failed:SAFETY.INPUT.TEXT=#1, post:fin-after=#2", "--canary", "1", "--id", "calm-*"));
        Assert.Contains("0 of 1 canary job done", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("failed   calm-m01: SAFETY.INPUT.TEXT", desk.Errors, StringComparison.Ordinal);

        desk.Answer = "y\ny";
        Assert.Equal(7, await desk.Pay("", "--canary", "1", "--id", "bold-*"));
        Assert.DoesNotContain("submit the rest", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("unknown  bold-m01", desk.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_failed_jobs_each_is_tried_once_more_and_no_canary_twice()
    {
        NeedsShell();
        Assert.Equal(3, await desk.Pay("task:failed:SAFETY.INPUT.TEXT=4x", "--yes", "--new", "--id", "calm-*"));
        Assert.Equal(3, await Paid());

        Assert.Equal(3, await desk.Pay("", "--yes", "--only", "failed", "--limit", "2", "--canary", "1", "--canary-check", Script("exit 0")));

        Assert.Equal(5, await Paid());
        Assert.Equal(3, await desk.Run("status", "batch.yaml", "--only", "failed"));
        Assert.Contains("calm-m01", desk.Output + desk.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_with_the_simulator_and_with_a_saved_plan_under_the_cap()
    {
        NeedsShell();
        Assert.Equal(0, await desk.Run("plan", "batch.yaml", "--simulate", "--save", "plan.json"));
        var check = Script("exit 0");

        Assert.Equal(5, await desk.Run(
            "run", "plan.json", "--simulate", "--time-scale", "200", "--max-credits", "96", "--canary", "1", "--canary-check", check));
        Assert.Contains("; the cap of 96 credits stops it after 48", desk.Errors, StringComparison.Ordinal);
        Assert.Contains("4 of 6 jobs done", desk.Errors, StringComparison.Ordinal);

        Assert.Equal(0, await desk.Run("run", "plan.json", "--simulate", "--time-scale", "200", "--canary", "1", "--canary-check", check, "--json"));
        Assert.Contains("{\"type\":\"canary\",", desk.Output, StringComparison.Ordinal);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Where_nothing_is_left_for_afterwards_nobody_is_asked()
    {
        desk.Answer = "y";

        Assert.Equal(0, await desk.Pay("", "--canary", "3"));

        Assert.Equal(6, await Paid());
        Assert.DoesNotContain("canary", desk.Errors, StringComparison.Ordinal);
    }
}
