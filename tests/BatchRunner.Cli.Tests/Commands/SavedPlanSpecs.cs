using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;
using BatchRunner.TestKit;

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

    [Fact]
    public async Task One_changed_byte_of_an_image_or_a_prompt_is_stale_and_named()
    {
        await WriteMedia();
        Assert.Equal(0, await Save());

        File.WriteAllBytes(typed.Folder["assets/hero.png"], [.. MediaBytes.Png(1280, 720), 1]);
        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("BR0311: `plan.json` is stale: `assets/hero.png` has changed; nothing was sent", typed.Errors, StringComparison.Ordinal);

        File.WriteAllBytes(typed.Folder["assets/hero.png"], [.. MediaBytes.Png(1280, 720), 0]);
        typed.Folder.Write("prompts/calm.txt", "{{ message.scene }} on grey linen");
        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("BR0311: `plan.json` is stale: `prompts/calm.txt` has changed; nothing was sent", typed.Errors, StringComparison.Ordinal);

        typed.Folder.Write("prompts/calm.txt", "{{ message.scene }} on linen");
        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal(75m, Journal.Spent);
    }

    [Fact]
    public async Task Another_price_in_the_catalogue_is_stale()
    {
        typed.Folder.Write("models.json", Catalogue(7));
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            request: { model: gen9, ratio: "1280:720", duration: 2 }
            """);
        Assert.Equal(0, await Save("--models", "models.json"));
        typed.Folder.Write("models.json", Catalogue(8));

        Assert.Equal(8, await typed.PayFor("plan.json", "", "--models", "models.json"));

        Assert.Contains(
            "BR0316: `plan.json` is stale: `calm-m01` (gen9) costs 16 credits now, and cost 14 credits; so do 2 more; nothing was sent", typed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder["out"]));
    }

    [Fact]
    public async Task A_plan_that_was_run_is_bound_to_its_journal_and_does_not_pay_again_without_it()
    {
        Assert.Equal(0, await Save());
        Assert.Contains("\"journal\": null,", Plan, StringComparison.Ordinal);
        var unused = Plan;

        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Assert.Equal(unused.Replace("\"journal\": null,", $"\"journal\": \"{Journal.Header?.Folder}\",", StringComparison.Ordinal), Plan);
        Assert.Equal(0, await typed.PayFor("plan.json", ""));

        Directory.Delete(typed.Folder["out"], recursive: true);
        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("BR0312: `plan.json` is stale: the journal in `out/ads` is gone", typed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder["out"]));
    }

    [Fact]
    public async Task A_copy_of_a_plan_from_before_its_run_does_not_pay_again_on_this_machine_unless_that_is_meant()
    {
        Assert.Equal(0, await Save());
        var fresh = Plan;
        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);

        // Beside the journal it was run with, the copy is the plan.
        Plan = fresh;
        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);
        Directory.Delete(typed.Folder["out"], recursive: true);
        Plan = fresh;

        Assert.Equal(8, await typed.PayFor("plan.json", ""));
        Assert.Contains("BR0312: `plan.json` is stale: the journal in `out/ads` is gone", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("bring back `out/ads`; to pay for all of it once more, save the plan again and run that with `--new`", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(8, await typed.Run("plan", "plan.json"));
        Assert.Equal(3, (await typed.Charges()).Count);

        // Another plan of the same folder, or one beside it that never was run, is not better off.
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--limit", "2", "--save", "some.json"));
        Assert.Equal(8, await typed.PayFor("some.json", ""));
        Assert.Contains("BR0312", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(3, (await typed.Charges()).Count);

        Assert.True(await typed.PayFor("plan.json", "", "--new") == 0, typed.Errors);
        Assert.Equal(6, (await typed.Charges()).Count);
    }

    [Fact]
    public async Task What_a_run_without_a_plan_has_paid_in_a_folder_that_is_gone_is_remembered_for_a_plan()
    {
        Assert.Equal(0, await Save());
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        Directory.Delete(typed.Folder["out"], recursive: true);

        Assert.Equal(8, await typed.PayFor("plan.json", ""));

        Assert.Contains("BR0312", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(3, (await typed.Charges()).Count);
    }

    [Fact]
    public async Task A_plan_for_the_simulator_may_be_run_anew_as_often_as_somebody_likes()
    {
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--simulate", "--save", "plan.json"));
        var fresh = Plan;
        for (var time = 0; time < 2; time++)
        {
            Plan = fresh;
            Assert.True(await typed.Run("run", "plan.json", "--simulate", "--time-scale", "1000") == 0, typed.Errors);
            Directory.Delete(typed.Folder["out"], recursive: true);
        }
    }

    [Fact]
    public async Task A_plan_that_cannot_be_bound_is_run_and_warned_of()
    {
        Assert.Equal(0, await Save());
        Directory.CreateDirectory(typed.Folder["plan.json.part"]);

        Assert.True(await typed.PayFor("plan.json", "") == 0, typed.Errors);

        Assert.Contains("BR0959: warning: `plan.json` can't be written", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("keep `out/ads`: without it, another machine would pay for the same plan once more", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("\"journal\": null,", Plan, StringComparison.Ordinal);
        Assert.Equal(72m, Journal.Spent);
    }

    [Fact]
    public async Task Every_command_about_a_run_takes_a_saved_plan_for_it()
    {
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--simulate", "--save", "plan.json"));
        Assert.Equal(0, await typed.Run("run", "plan.json", "--time-scale", "1000", "--simulate"));

        Assert.Equal(0, await typed.Run("validate", "plan.json"));
        Assert.Equal(0, await typed.Run("status", "plan.json"));
        Assert.Equal(0, await typed.Run("verify", "plan.json"));
        Assert.Equal(0, await typed.Run("report", "plan.json"));
        Assert.Equal("out/ads.simulated/report.html\n", typed.Output);
        Assert.Equal(0, await typed.Run("explain", "plan.json", "calm-m02"));
        Assert.Contains("a run keeps it", typed.Output, StringComparison.Ordinal);
        Assert.Equal(2, await typed.Run("resolve", "plan.json", "calm-m02", "--not-charged"));
        Assert.Contains("BR0942", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(4, await typed.Run("cancel", "plan.json", "--yes"));
        Assert.Contains("BR0954", typed.Errors, StringComparison.Ordinal);
    }

    async Task WriteMedia()
    {
        Directory.CreateDirectory(typed.Folder["assets"]);
        await File.WriteAllBytesAsync(typed.Folder["assets/hero.png"], [.. MediaBytes.Png(1280, 720), 0], TestContext.Current.CancellationToken);
        typed.Folder.Write("prompts/calm.txt", "{{ message.scene }} on linen");
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: { file: prompts/calm.txt } }
            variables: { message: data/messages.csv }
            image: assets/hero.png
            request: { model: gen4_turbo, ratio: "1280:720", duration: 5 }
            """);
    }

    static string Catalogue(int credits) => $$"""
        {
          "date": "2026-11-20", "source": "a test",
          "models": {
            "gen9": {
              "output": "video",
              "fields": {
                "promptText": { "type": "text" },
                "ratio": { "type": "text", "values": ["1280:720"] },
                "duration": { "type": "integer", "range": [2, 10] }
              },
              "price": { "parts": [{ "per": "second", "of": "duration", "credits": {{credits}} }] },
              "endpoints": { "text_to_video": {} }
            }
          }
        }
        """;
}
