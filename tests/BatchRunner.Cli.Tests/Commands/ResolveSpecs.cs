using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

public sealed class ResolveSpecs
{
    const string LoseTheSecond = "post:rst-after=#2";

    [Fact]
    public async Task The_task_that_was_found_is_collected_and_nothing_is_paid_twice()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        var first = await desk.Type("run batch.yaml --yes --new");
        Assert.Contains("`batchrunner resolve batch.yaml calm-m02` with `--task ID`, `--not-charged` or `--resubmit`", first.Errors, StringComparison.Ordinal);
        var lost = (await desk.Charges())[1];

        var resolved = await desk.Type($"resolve batch.yaml calm-m02 --task {lost}");
        var second = await desk.Type("run batch.yaml --yes");

        Assert.True(resolved.Exit == 0, resolved.ToString());
        Assert.Contains($"calm-m02: its task is `{lost}`", resolved.Output, StringComparison.Ordinal);
        Assert.Contains("a run picks it up, and pays nothing more", resolved.Output, StringComparison.Ordinal);
        Assert.Contains("it may have cost 24 credits ($0.24)", resolved.Errors, StringComparison.Ordinal);
        Assert.Contains("generations of `gen4.5` today 0 before, 2 after", resolved.Errors, StringComparison.Ordinal);
        Assert.True(second.Exit == 0, second.ToString());
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task Its_possible_cost_and_what_the_account_said_stand_in_the_plan_the_status_and_the_results()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        var ended = await desk.Type("run batch.yaml --yes --new");
        var plan = await desk.Type("plan batch.yaml");
        var status = await desk.Type("status batch.yaml");
        var results = await File.ReadAllTextAsync(desk.Folder["out/ads/results.csv"], TestContext.Current.CancellationToken);
        var lines = (await desk.Type("plan batch.yaml --json")).Lines;

        foreach (var text in new[] { ended.Errors, plan.Output, status.Output, results })
        {
            Assert.Contains("; it may have cost 24 credits; account: balance ", text.ReplaceLineEndings(" ").Replace("            ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("generations of `gen4.5` today 0 before", text, StringComparison.Ordinal);
        }

        var unknown = lines.Single(line => line.TryGetProperty("what", out var what) && what.GetString() == "unknown");
        Assert.Equal((24m, 0), (unknown.GetProperty("possibleCredits").GetDecimal(), unknown.GetProperty("account").GetProperty("dailyBefore").GetInt32()));
    }

    [Fact]
    public async Task Every_wrong_word_is_refused_and_changes_nothing()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        await desk.Type("run batch.yaml --yes --new");
        var charges = await desk.Charges();
        var journal = await File.ReadAllBytesAsync(desk.Folder["out/ads/.batchrunner/journal.jsonl"], TestContext.Current.CancellationToken);
        (string Line, int Exit, string Says)[] cases =
        [
            ("calm-m02", 2, "BR0943: `resolve` needs to know what became of the create"),
            ("calm-m02 --not-charged --resubmit", 2, "BR0943: `--task`, `--not-charged` and `--resubmit` exclude each other"),
            ("calm-m20 --not-charged", 4, "= hint: did you mean `calm-m02`?"),
            ("0123456789 --not-charged", 4, "BR0940: `0123456789` is none of the 3 jobs here"),
            ("calm-m01 --not-charged", 2, "BR0942: `calm-m01` is done, and only an unknown job can be resolved"),
            ("calm-m02 --resubmit", 2, "BR0950: 24 credits ($0.24) may be paid twice, and nobody is there to say yes"),
            ("calm-* --not-charged", 2, "BR0948: `calm-*` may mean several jobs"),
            ("bold-* --not-charged --yes", 4, "BR0940: `bold-*` is none of the 3 jobs here"),
            ("*-m01 --not-charged --yes", 4, "BR0930: `*-m01` matches 1 job, none of them unknown"),
            ($"calm-* --task {charges[1]}", 2, "BR0949: `calm-*` may mean several jobs, but `--task` is one job's"),
            ("calm-m02 --task ü", 2, "BR0944: `ü` is no task id"),
            ("calm-m02 --task --yes", 2, "BR0944: `--yes` is no task id"),
            ($"calm-m02 --task {charges[0]}", 2, $"BR0945: task `{charges[0]}` is already `calm-m01`'s"),
            ("calm-m02 --task f81d4fae-7dec-11d0-a765-00a0c91e6bf6", 2, "BR0946:"),
        ];

        foreach (var (line, exit, says) in cases)
        {
            var said = await desk.Type($"resolve batch.yaml {line}");

            Assert.True(said.Exit == exit && said.Output.Length == 0 && said.Errors.Contains(says, StringComparison.Ordinal), $"{line}\n{said}");
        }

        Assert.Equal(journal, await File.ReadAllBytesAsync(
            desk.Folder["out/ads/.batchrunner/journal.jsonl"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_key_only_the_task_can_not_be_asked_for()
    {
        await using var desk = await Desk.Open("post:rst-before=#2");
        await desk.Type("run batch.yaml --yes --new");
        desk.HasNoKey = true;

        var refused = await desk.Type("resolve batch.yaml calm-m02 --task f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        var resolved = await desk.Type("resolve out/ads calm-m02 --not-charged --json");
        desk.HasNoKey = false;
        var second = await desk.Type("run batch.yaml --yes");

        Assert.Equal(2, refused.Exit);
        Assert.Contains("BR0910", refused.Errors, StringComparison.Ordinal);
        Assert.True(resolved.Exit == 0, resolved.ToString());
        var line = Assert.Single(resolved.Lines);
        Assert.Equal(
            ("calm-m02", "not-charged", 24m, "planned", 0m, 0m),
            (line.GetProperty("job").GetString(), line.GetProperty("how").GetString(), line.GetProperty("possibleCredits").GetDecimal(),
                line.GetProperty("status").GetString(), line.GetProperty("spent").GetDecimal(), line.GetProperty("reserved").GetDecimal()));
        Assert.True(second.Exit == 0, second.ToString());
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task Resubmitting_asks_for_a_yes_that_names_what_may_be_paid_twice()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        await desk.Type("run batch.yaml --yes --new");

        desk.Answer = "no";
        var declined = await desk.Type("resolve batch.yaml calm-m02 --resubmit");
        desk.Answer = "y";
        var resolved = await desk.Type("resolve batch.yaml calm-m02 --resubmit");
        var again = await desk.Type("resolve batch.yaml calm-m02 --resubmit");
        var second = await desk.Type("run batch.yaml --yes");

        Assert.Contains("submit 1 job again, though 24 credits ($0.24) may be paid twice? [y/N]", declined.Errors, StringComparison.Ordinal);
        Assert.Equal((2, 0, 2), (declined.Exit, resolved.Exit, again.Exit));
        Assert.Contains("24 credits ($0.24) stay reserved, and may be paid twice", resolved.Output, StringComparison.Ordinal);
        Assert.Contains("BR0942: `calm-m02` is planned", again.Errors, StringComparison.Ordinal);
        Assert.True(second.Exit == 0, second.ToString());
        Assert.Contains("72 credits ($0.72) spent in this folder, 24 credits reserved", second.Errors, StringComparison.Ordinal);
        Assert.Equal(4, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task Several_are_settled_by_a_pattern_and_a_yes()
    {
        await using var desk = await Desk.Open("post:rst-before=3x");
        await desk.Type("run batch.yaml --yes --new");

        var resolved = await desk.Type("resolve batch.yaml calm-* --not-charged --yes");
        var second = await desk.Type("run batch.yaml --yes");

        Assert.True(resolved.Exit == 0, resolved.ToString());
        Assert.Equal(3, resolved.Output.Split('\n').Count(line => line.Contains("not charged; 24 credits are free again", StringComparison.Ordinal)));
        Assert.True(second.Exit == 0, second.ToString());
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task A_folder_that_a_run_holds_is_left_alone()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        await desk.Type("run batch.yaml --yes --new");

        Said said;
        using (File.Open(desk.Folder["out/ads/.batchrunner/lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            said = await desk.Type("resolve batch.yaml calm-m02 --not-charged");
        }

        Assert.Equal(9, said.Exit);
        Assert.Contains("BR0805", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stays_reserved_for_a_lost_create_after_which_it_was_made_again_can_be_given_back_later()
    {
        await using var desk = await Desk.Open("post:rst-before=#2");
        await desk.Type("run batch.yaml --yes --new");
        await desk.Type("resolve batch.yaml calm-m02 --resubmit --yes");
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes")).Exit);

        var status = await desk.Type("status batch.yaml");
        var explained = await desk.Type("explain batch.yaml calm-m02");
        var resubmitted = await desk.Type("resolve batch.yaml calm-m02 --resubmit --yes");
        var freed = await desk.Type("resolve batch.yaml calm-m02 --not-charged");
        var again = await desk.Type("resolve batch.yaml calm-m02 --not-charged");
        var after = await desk.Type("status batch.yaml");

        Assert.Contains("24 credits stay reserved for lost creates after which 1 job (calm-m02) may be submitted again", status.Output, StringComparison.Ordinal);
        Assert.Contains("  settle   attempt 1 may have cost 24 credits, which stay reserved: `batchrunner resolve BATCH JOB`", explained.Output, StringComparison.Ordinal);
        Assert.Contains("BR0942: `calm-m02` is done", resubmitted.Errors, StringComparison.Ordinal);
        Assert.True(freed.Exit == 0, freed.ToString());
        Assert.Contains("calm-m02 is done; what became of a create before was never said", freed.Errors, StringComparison.Ordinal);
        Assert.Contains("calm-m02: not charged; 24 credits are free again\n  next     a run keeps it", freed.Output, StringComparison.Ordinal);
        Assert.Equal(2, again.Exit);
        Assert.Contains("72 credits ($0.72) spent, 0 credits reserved\n", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_task_once_found_says_what_the_lost_create_cost_and_the_clip_stays()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        await desk.Type("run batch.yaml --yes --new");
        var lost = (await desk.Charges())[1];
        await desk.Type("resolve batch.yaml calm-m02 --resubmit --yes");
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes")).Exit);
        var clip = await File.ReadAllBytesAsync(desk.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken);

        var settled = await desk.Type($"resolve batch.yaml calm-m02 --task {lost}");
        var taken = await desk.Type($"resolve batch.yaml calm-m02 --task {lost}");
        var after = await desk.Type("status batch.yaml");

        Assert.True(settled.Exit == 0, settled.ToString());
        Assert.Contains($"calm-m02: its task is `{lost}`, `SUCCEEDED` at Runway; its reservation of 24 credits became a cost of 24 credits", settled.Output, StringComparison.Ordinal);
        Assert.Equal(2, taken.Exit);
        Assert.Contains("96 credits ($0.96) spent, 0 credits reserved\n", after.Output, StringComparison.Ordinal);
        Assert.Equal(clip, await File.ReadAllBytesAsync(desk.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken));
        Assert.Equal(0, (await desk.Type("verify batch.yaml")).Exit);
    }

    [Fact]
    public async Task A_task_that_is_found_before_the_job_is_sent_again_is_collected_instead()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        await desk.Type("run batch.yaml --yes --new");
        var lost = (await desk.Charges())[1];
        await desk.Type("resolve batch.yaml calm-m02 --resubmit --yes");

        var found = await desk.Type($"resolve batch.yaml calm-m02 --task {lost}");
        var second = await desk.Type("run batch.yaml --yes");

        Assert.True(found.Exit == 0, found.ToString());
        Assert.True(second.Exit == 0, second.ToString());
        Assert.Equal(3, (await desk.Charges()).Count);
    }
}
