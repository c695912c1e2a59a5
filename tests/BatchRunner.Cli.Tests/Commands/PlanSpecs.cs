using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Jobs;
using BatchRunner.Planning;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`plan` beside a run: what is new, changed, kept and orphaned, what it comes to, and what the account says.</summary>
public sealed class PlanSpecs
{
    const string Simulated = " --simulate";

    // Two arms, three messages, two formats, one combination left out: 11 jobs of 24 credits.
    static void Write(TempFolder folder, string name = "ads", string look = "on linen", string rows = "m01,a window\nm02,a train table\nm03,rain\n")
    {
        folder.Write("data/messages.csv", "id,scene\n" + rows);
        folder.Write("batch.yaml", $$$"""
            version: 1
            name: {{{name}}}
            templates: { calm: "{{ message.scene }} {{{look}}}", bold: "{{ message.scene }} in hard light" }
            variables:
              message: data/messages.csv
              format: [ { id: wide, ratio: "1280:720" }, { id: tall, ratio: "720:1280" } ]
            matrix: { exclude: [ { template: bold, message: m01, format: tall } ] }
            request: { model: gen4.5, ratio: "{{ format.ratio }}", duration: 2 }
            limits: { max_credits: 500 }
            """);
    }

    [Fact]
    public async Task What_a_cap_lacks_is_said_with_its_place_and_that_one_which_is_used_up_lets_nothing_through()
    {
        await using var desk = await Desk.Open();
        var text = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        var low = text.Replace("max_credits: 500", "max_credits: 50", StringComparison.Ordinal);
        desk.Folder.Write("batch.yaml", low);
        var before = await desk.Type("plan batch.yaml");
        desk.Folder.Write("batch.yaml", text);
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new")).Exit);
        desk.Folder.Write("batch.yaml", low);
        var after = await desk.Type("plan batch.yaml");

        Assert.Contains(
            "the cap of 50 credits is for all runs in this folder: 3 jobs more may cost 72 credits; raise `limits.max_credits` to at least 72 to go on (batch.yaml:6:24)\n",
            before.Output, StringComparison.Ordinal);
        Assert.Contains("`max_credits` is 50, and more is spent or reserved: a run submits nothing\n", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_form_says_what_is_new_changed_kept_and_orphaned_and_what_each_axis_comes_to()
    {
        await using var desk = await Desk.Open();
        Write(desk.Folder);
        var run = await desk.Type("run batch.yaml --simulate --time-scale 1000");
        Assert.True(run.Exit == 0, run.ToString());
        Write(desk.Folder, look: "on grey linen", rows: "m01,a window\nm02,a train table\nm04,a shelf\n");

        var table = await desk.Type("plan batch.yaml" + Simulated);
        Assert.Contains("ads: 2 templates x 3 message rows x 2 format rows, left out 1 by exclude, 11 jobs", table.Output, StringComparison.Ordinal);
        Assert.Contains("calm-m04-wide  new", table.Output, StringComparison.Ordinal);
        Assert.Contains("bold-m02-tall  kept", table.Output, StringComparison.Ordinal);
        Assert.Contains("changed   calm-m01-wide: promptText: a window on linen -> a window on grey linen\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("orphaned  calm-m03-tall: 24 credits spent, calm-m03-tall.mp4 stays\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("message  to submit  credits  dollars\nm01              2       48    $0.48\nm02              2       48    $0.48\nm04              4       96    $0.96\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("3 jobs done already and kept\n4 jobs orphaned: no row asks for them any more, their files stay\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("about ", table.Output, StringComparison.Ordinal);

        var lines = (await desk.Type("plan batch.yaml --json" + Simulated)).Lines;
        var changed = lines.First(line => line.GetProperty("type").GetString() == "job" && line.GetProperty("what").GetString() == "changed");
        Assert.Equal("a window on linen", changed.GetProperty("changes")[0].GetProperty("old").GetString());
        Assert.Equal("wide", changed.GetProperty("axes").GetProperty("format").GetString());
        Assert.Equal(4, lines.Count(line => line.GetProperty("type").GetString() == "orphan"));
        var tall = lines.Single(line => line.GetProperty("type").GetString() == "total" && line.GetProperty("label").GetString() == "tall");
        Assert.Equal(("format", 4, 96m, 0.96m), (
            tall.GetProperty("axis").GetString(), tall.GetProperty("submit").GetInt32(),
            tall.GetProperty("credits").GetDecimal(), tall.GetProperty("dollars").GetDecimal()));
        Assert.Equal((192m, 1, 8), (
            lines[^1].GetProperty("credits").GetDecimal(), lines[^1].GetProperty("leftOut").GetProperty("exclude").GetInt32(),
            lines[^1].GetProperty("forecast").GetProperty("jobs").GetInt32()));

        var sheet = await desk.Type("plan batch.yaml --csv" + Simulated);
        Assert.StartsWith("job,template,message,format,take,what,why,changes,", sheet.Output, StringComparison.Ordinal);
        Assert.Contains("promptText: a window on linen -> a window on grey linen", sheet.Output, StringComparison.Ordinal);
        Assert.Contains("calm-m03-wide,calm,m03,wide,1,orphaned,no row asks for it any more; its files stay", sheet.Output, StringComparison.Ordinal);

        var page = await desk.Type("plan batch.yaml --markdown" + Simulated);
        Assert.Contains("| message | to submit | credits | dollars |\n|---|--:|--:|--:|\n| m01 | 2 | 48 | $0.48 |", page.Output, StringComparison.Ordinal);
        Assert.Contains("- changed   calm-m01-wide: promptText: a window on linen -&gt; a window on grey linen", page.Output, StringComparison.Ordinal);
        Assert.Contains("- orphaned  calm-m03-wide", page.Output, StringComparison.Ordinal);

        Assert.Equal(10, (await desk.Type("plan batch.yaml --detailed-exitcode" + Simulated)).Exit);
    }

    [Fact]
    public async Task Writing_the_same_otherwise_plans_nothing()
    {
        await using var desk = await Desk.Open();
        var run = await desk.Type("run batch.yaml --simulate --time-scale 1000");
        Assert.True(run.Exit == 0, run.ToString());

        desk.Folder.Write("data/messages.csv", "headline,scene,id\nHello,\"a window\",m01\n,a train table,\"m02\"\nTwo,a quiet desk,m03\n");
        desk.Folder.Write("batch.yaml", """
            # Another order, another way to quote.
            name: "ads"
            limits:
              attempts: 1
              max_credits: 500     # as before
            request:
              duration: "2"
              ratio: '1280:720'
              model: "gen4.5"
            variables:
              message: "data/messages.csv"
            templates:
              calm: '{{ message.scene }} on linen'
            version: 1
            """);

        var plan = await desk.Type("plan batch.yaml --detailed-exitcode --json" + Simulated);
        Assert.True(plan.Exit == 0, plan.ToString());
        Assert.Equal(0, plan.Lines[^1].GetProperty("submit").GetInt32());
    }

    [Fact]
    public async Task Another_name_beside_the_old_folder_is_noticed_and_priced()
    {
        await using var desk = await Desk.Open();
        var first = await desk.Type("run batch.yaml --yes --new --id *m01,*m02");
        Assert.True(first.Exit == 0, first.ToString());
        var manifest = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", manifest.Replace("name: ads", "name: adverts", StringComparison.Ordinal));

        const string Told = "`ads` beside this folder has 2 jobs of this plan already (its manifest was called `ads`): "
            + "another `name` is another folder, and they are paid for again, 48 credits ($0.48)";
        var plan = await desk.Type("plan batch.yaml");
        Assert.Contains(Told, plan.Output, StringComparison.Ordinal);
        Assert.Contains("- " + Told.Replace("$", "\\$", StringComparison.Ordinal), (await desk.Type("plan batch.yaml --markdown")).Output, StringComparison.Ordinal);
        var earlier = (await desk.Type("plan batch.yaml --json")).Lines[^1].GetProperty("earlier");
        Assert.Equal(("ads", 2, 48m), (
            earlier.GetProperty("folder").GetString(), earlier.GetProperty("jobs").GetInt32(), earlier.GetProperty("credits").GetDecimal()));

        // Clips of the simulator stand for nothing that was paid.
        Assert.DoesNotContain("beside this folder", (await desk.Type("plan batch.yaml --simulate")).Output, StringComparison.Ordinal);
        var run = await desk.Type("run batch.yaml --yes");
        Assert.Equal(2, run.Exit);
        Assert.Contains(Told, run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task The_account_is_asked_only_when_told_to()
    {
        await using var desk = await Desk.Open("account:credits=50, account:dailycap=2");

        var plan = await desk.Type("plan batch.yaml --account");
        Assert.True(plan.Exit == 0, plan.ToString());
        Assert.Contains("the account has 50 credits: 22 too few for this plan", plan.Output, StringComparison.Ordinal);
        Assert.Contains("`gen4.5`: 0 of 2 made today, 3 in this plan: 1 of them not before tomorrow", plan.Output, StringComparison.Ordinal);
        Assert.Contains("about 50s on 5 slots, a guess until tasks like these have ended in this folder\n", plan.Output, StringComparison.Ordinal);

        var json = (await desk.Type("plan batch.yaml --account --json")).Lines[^1];
        Assert.Equal((50m, 2), (
            json.GetProperty("account").GetProperty("balance").GetDecimal(),
            json.GetProperty("account").GetProperty("models").GetProperty("gen4.5").GetProperty("daily").GetInt32()));
        Assert.Equal(5, json.GetProperty("forecast").GetProperty("slots").GetProperty("gen4.5").GetInt32());

        var without = await desk.Type("plan batch.yaml");
        Assert.DoesNotContain("the account has", without.Output, StringComparison.Ordinal);
        Assert.Contains("about 3m on 1 slot", without.Output, StringComparison.Ordinal);
        Assert.Equal(2, await desk.Requests("/v1/organization"));
        Assert.Empty(await desk.Charges());

        Assert.Contains("BR0956", (await desk.Type("plan batch.yaml --account --simulate")).Errors, StringComparison.Ordinal);
        desk.HasNoKey = true;
        var keyless = await desk.Type("plan batch.yaml --account");
        Assert.Equal(2, keyless.Exit);
        Assert.Contains("BR0910", keyless.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_refuses_the_key_or_does_not_answer_is_6()
    {
        await using var desk = await Desk.Open("account:revoke=0");

        var refused = await desk.Type("plan batch.yaml --account");
        Assert.True(refused.Exit == 6, refused.ToString());
        Assert.Contains("BR0951", refused.Errors, StringComparison.Ordinal);
        var silent = await desk.Type("plan batch.yaml --account --base-url http://127.0.0.1:1");
        Assert.True(silent.Exit == 6, silent.ToString());
        Assert.Contains("BR0958", silent.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_told_in_the_table_from_what_to_what()
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --yes --new --id calm-m01")).Exit);
        desk.Folder.Write("data/messages.csv", "id,scene\nm01,a door\n");

        var plan = await desk.Type("plan batch.yaml");
        var explained = await desk.Type("explain batch.yaml calm-m01");

        Assert.Contains("calm-m01  changed: promptText: a window on linen -> a door on linen ", plan.Output, StringComparison.Ordinal);
        Assert.Contains("at most: promptText: a window on linen -> a door on linen\n", explained.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a lamp that glows in the late sun, on a table", "a lamp that glows at noon, on a table", "promptText: in the late sun -> at noon")]
    [InlineData("a lamp that glows, on a table by a window", "a lamp that glows, on a small table by a window", "promptText: nothing -> small")]
    public void Of_a_long_prompt_the_table_has_the_words_that_differ(string old, string now, string told)
    {
        var job = new PlannedJob
        {
            Spec = MadeJobs.Job(0), State = JobState.New, Action = PlanAction.Changed, Why = "", Changes = [new FieldChange("promptText", old, now)],
        };

        Assert.Equal(told, ChangeWords.Why(job));
    }
}
