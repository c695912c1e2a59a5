using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`plan --save` and `run plan.json`: what was agreed to is paid for, once, and nothing else.</summary>
public sealed class SavedPlanSpecs : IAsyncDisposable
{
    const string Here = "http://127.0.0.1:1";

    // A server of the tests is somewhere on this machine: the same host, whatever its port.
    static readonly string[] Saving = ["--save", "plan.json", "--base-url", Here];

    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    JournalContents Journal => ((ReadAnswer.Found)Journaling.Journal.Read(new RunFolder(typed.Folder["out/ads"]))).Contents;

    int Paid => Journal.Jobs.Sum(job => job.State.Tasks);

    string Plan
    {
        get => File.ReadAllText(typed.Folder["plan.json"]);
        set => File.WriteAllText(typed.Folder["plan.json"], value);
    }

    Task<int> Save(params string[] more) => typed.Run(["plan", "batch.yaml", .. Saving, .. more]);

    [Fact]
    public async Task It_is_consent_and_a_plan_run_twice_pays_once()
    {
        Assert.Equal(0, await Save());

        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal((3, 72m), (Paid, Journal.Spent));

        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal((3, 72m), (Paid, Journal.Spent));
        Assert.DoesNotContain("submitted", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_not_staleness_and_a_job_that_is_not_listed_is_not_submitted()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--id", "calm-m01"));
        Assert.Equal(0, await Save("--id", "*m02"));
        var one = Plan;
        Assert.Equal(0, await Save());

        Assert.Equal(0, await typed.Pay("", "--yes", "--id", "calm-m02"));
        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal((3, 72m), (Paid, Journal.Spent));

        typed.Folder.Write("batch.yaml", (await File.ReadAllTextAsync(typed.Folder["batch.yaml"], TestContext.Current.CancellationToken)) + "# more\n");
        Plan = one;
        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("`batch.yaml` has changed", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_plan_for_some_jobs_only_those_are_paid()
    {
        Assert.Equal(0, await Save("--id", "*m02"));

        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);

        Assert.Equal("calm-m02", Assert.Single(Journal.Jobs, job => job.State.Tasks > 0).Spec.Id);
        Assert.Equal(4, await typed.PayFor("plan.json", "", "--id", "*m01"));
    }

    [Fact]
    public async Task A_job_that_failed_is_tried_again_once_and_only_by_a_plan_that_says_so()
    {
        Assert.Equal(0, await Save());
        Assert.Equal(3, await typed.PayFor("plan.json", "task:failed:SAFETY.INPUT.TEXT=#2"));
        Assert.Equal(3, await typed.PayFor("plan.json", "", "--only", "failed"));
        Assert.Equal(3, Paid);

        Assert.Equal(0, await Save("--only", "failed"));
        Assert.Contains("\"what\":\"again\",\"attempt\":2,", Plan, StringComparison.Ordinal);
        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal(0, await typed.PayFor("plan.json", ""));
        Assert.Equal(4, Paid);
    }

    [Fact]
    public async Task A_journal_that_is_gone_or_another_is_stale()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--limit", "1"));
        Assert.Equal(0, await Save());
        Directory.Move(typed.Folder["out"], typed.Folder["away"]);

        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("BR0312", typed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder["out"]));

        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "--limit", "1"));
        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("BR0313", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(1, Paid);
    }

    [Theory]
    [InlineData("\"credits\": 72", "\"credits\": 71", "\"credits\":24", "\"credits\":23", "BR0316")]
    [InlineData("\"credits\": 72", "\"credits\": 71", "\"credits\":24", "\"credits\":23", "`calm-m01` (gen4.5) costs 24 credits now, and cost 23")]
    [InlineData("\"manifestJobs\": 3", "\"manifestJobs\": 4", "", "", "BR0314")]
    [InlineData("\"submit\": 3", "\"submit\": 3", "\"key\":\"", "\"key\":\"0000", "BR0315")]
    public async Task Another_price_or_other_jobs_are_stale(string total, string otherTotal, string job, string otherJob, string told)
    {
        Assert.Equal(0, await Save());
        var text = Plan.Replace(total, otherTotal, StringComparison.Ordinal);
        var at = job.Length == 0 ? -1 : text.IndexOf(job, StringComparison.Ordinal);
        Plan = at < 0 ? text : (text[..at] + otherJob + text[(at + otherJob.Length)..]);

        Assert.Equal(8, await typed.PayFor("plan.json", ""));

        Assert.Contains(told, typed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder["out"]));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_stale_and_named()
    {
        Assert.Equal(0, await Save());
        File.Delete(typed.Folder["data/messages.csv"]);

        Assert.Equal(8, await typed.PayFor("plan.json", ""));

        Assert.Contains("BR0310: `plan.json` is stale: `data/messages.csv` can't be read", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_holds_no_signature_and_is_the_same_text_each_time()
    {
        typed.Folder.Write("data/messages.csv", "id,scene,image\nm01,a window,https://x.example/a.png?X-Amz-Signature=canary\n");
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            image: "{{ message.image }}"
            request: { model: gen4_turbo, ratio: "1280:720", duration: 5 }
            """);
        Assert.Equal(0, await Save());
        var first = Plan;
        Assert.Equal(0, await Save());

        Assert.DoesNotContain("canary", first, StringComparison.Ordinal);
        Assert.Equal(first, Plan);
    }

    [Fact]
    public async Task A_plan_for_the_simulator_is_run_by_it_and_stands_for_its_folder()
    {
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--simulate", "--save", "plan.json"));

        Assert.Equal(0, await typed.Run("run", "plan.json", "--simulate", "--time-scale", "200"));
        Assert.Equal("out/ads.simulated/results.csv\n", typed.Output);
        Assert.Equal(0, await typed.Run("status", "plan.json"));
        Assert.Equal(0, await typed.Run("plan", "plan.json", "--detailed-exitcode"));
        Assert.Equal(2, await typed.Run("run", "plan.json", "--base-url", Here));
    }
}
