using System.Runtime.InteropServices;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>Prompts judged by an endpoint before paying: a flagged one stops its job and no other, a silent endpoint stops the run.</summary>
public sealed class ModerationSpecs : IAsyncDisposable
{
    readonly Desk desk = new();
    ModerationServer server = new(_ => ModerationServer.Verdict());

    string Cache => desk.Folder["out/ads/.batchrunner/moderation.jsonl"];

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await desk.DisposeAsync();
    }

    async Task Judge(Func<ModerationQuestion, string?> answer)
    {
        await server.DisposeAsync();
        server = new ModerationServer(answer);
    }

    Task<int> Pay(params string[] more) => desk.Pay("", ["--yes", "--moderation-url", server.Url, .. more]);

    static string Table(ModerationQuestion question) => question.Prompt.Contains("table", StringComparison.Ordinal)
        ? ModerationServer.Verdict("violence", "self-harm/intent")
        : ModerationServer.Verdict();

    [Fact]
    public async Task A_flagged_prompt_is_told_with_its_row_and_stops_its_job_and_no_other()
    {
        await Judge(Table);

        Assert.Equal(3, await Pay("--new"));

        Assert.Contains(
            "data/messages.csv:3:1: BR0970: warning: `calm-m02` is screened and will not be sent: `127.0.0.1` flags its prompt for violence, self-harm/intent",
            desk.Errors, StringComparison.Ordinal);
        Assert.Contains("1 screened", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Charges()).Count);
        Assert.Equal(3, server.Heard.Count);
        Assert.Equal(3, await desk.Run("status", "batch.yaml", "--only", "screened"));
        Assert.Contains("`127.0.0.1` flags its prompt for violence", desk.Errors + desk.Output, StringComparison.Ordinal);
        var results = await File.ReadAllTextAsync(desk.Folder["out/ads/results.csv"], TestContext.Current.CancellationToken);
        Assert.Contains(",screened,", results, StringComparison.Ordinal);
        Assert.Contains("flags its prompt for violence", results, StringComparison.Ordinal);
        Assert.Equal(0, await desk.Run("explain", "batch.yaml", "calm-m02"));
        Assert.Contains("a run does not send it: `127.0.0.1` flags its prompt", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_judged_is_kept_without_the_prompt_and_never_asked_again()
    {
        await Judge(Table);
        Assert.Equal(3, await Pay("--new"));

        Assert.Equal(3, await Pay());

        Assert.Equal(3, server.Heard.Count);
        var kept = await File.ReadAllTextAsync(Cache, TestContext.Current.CancellationToken);
        Assert.Equal(3, kept.Count(c => c == '\n'));
        Assert.DoesNotContain("linen", kept, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task A_flagged_job_stays_stopped_without_the_endpoint_until_it_is_asked_for()
    {
        await Judge(Table);
        Assert.Equal(3, await Pay("--new"));

        Assert.Equal(3, await desk.Pay("", "--yes"));
        Assert.Equal(0, await desk.Run("plan", "batch.yaml", "--detailed-exitcode"));
        Assert.Equal(2, (await desk.Charges()).Count);

        Assert.True(await desk.Pay("", "--yes", "--only", "screened") == 0, desk.Errors);
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task Asking_for_flagged_jobs_asks_the_endpoint_again()
    {
        await Judge(Table);
        Assert.Equal(3, await Pay("--new"));

        Assert.Equal(3, await Pay("--only", "screened"));
        Assert.Equal(4, server.Heard.Count);
        Assert.Equal(2, (await desk.Charges()).Count);

        var said = server;
        server = new ModerationServer(_ => ModerationServer.Verdict());
        await said.DisposeAsync();
        Assert.True(await Pay("--only", "screened") == 0, desk.Errors);
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("screened")]
    public async Task A_word_of_the_manifest_stops_a_job_whatever_is_asked_for(string state)
    {
        if (state == "failed")
        {
            Assert.Equal(3, await desk.Pay("task:failed:SAFETY.INPUT.TEXT=#2", "--yes", "--new"));
        }

        var manifest = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", manifest + "\nscreening: { deny: [ TABLE ] }\n");
        Assert.Equal(3, await desk.Pay("", state == "failed" ? ["--yes"] : ["--yes", "--new"]));
        var before = (await desk.Charges()).Count;

        Assert.Equal(3, await desk.Pay("", "--yes", "--only", state));

        Assert.Equal(before, (await desk.Charges()).Count);
    }

    [Theory]
    [InlineData(401, "{\"error\":{\"message\":\"no such key key_moderation\"}}", 2, "BR0968")]
    [InlineData(200, "{\"results\":[]}", 2, "BR0968")]
    [InlineData(200, "{\"results\":[{\"flagged\":\"no\"}]}", 2, "BR0968")]
    [InlineData(200, "<html>", 2, "BR0968")]
    [InlineData(302, "", 2, "BR0968")]
    [InlineData(404, "{}", 2, "BR0968")]
    [InlineData(503, "{}", 7, "BR0969")]
    [InlineData(429, "{}", 7, "BR0969")]
    public async Task An_endpoint_that_does_not_judge_stops_the_run_before_anything_is_paid(int status, string body, int exit, string code)
    {
        desk.Variables["BATCHRUNNER_MODERATION_KEY"] = "key_moderation";
        await Judge(_ => ModerationServer.Answer(status, body, "Location: http://127.0.0.1:1/\r\n"));

        Assert.True(await Pay("--new") == exit, desk.Errors);

        Assert.Contains(code, desk.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("key_moderation", desk.Errors, StringComparison.Ordinal);
        Assert.Empty(await desk.Charges());
        Assert.False(Directory.Exists(desk.Folder["out"]));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"results\":[{\"flagged\":false", 7)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1F\r\n{\"results\":[{\"flagged\":false}]", 7)]
    [InlineData("HTTP/1.1 200 OK\r\n", 7)]
    [InlineData("220 mail.example ESMTP\r\n", 7)]
    [InlineData("", 7)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n{\"results\":[{\"flagged\":false}]}x", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 49\r\n\r\n{\"results\":[{\"flagged\":false},{\"flagged\":false}]}", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"results\":[null]}", 2)]
    public async Task Half_an_answer_or_one_that_is_nonsense_pays_nothing_and_is_no_mistake_of_ours(string answer, int exit)
    {
        await Judge(_ => answer);

        Assert.True(await Pay("--new") == exit, desk.Errors);

        Assert.Contains(exit == 2 ? "BR0968" : "BR0969", desk.Errors, StringComparison.Ordinal);
        Assert.Empty(await desk.Charges());
    }

    [Theory]
    [InlineData("{\"results\":[{\"flagged\":true}]}", "flags its prompt\n")]
    [InlineData("{\"results\":[{\"flagged\":true,\"categories\":null}]}", "flags its prompt\n")]
    [InlineData("{\"results\":[{\"flagged\":true,\"categories\":[\"hate\"]}]}", "flags its prompt\n")]
    [InlineData("{\"results\":[{\"flagged\":true,\"categories\":{\"a\\u001b[2Jb\":true,\"hate\":\"yes\"}}]}", "flags its prompt for a")]
    public async Task A_flag_counts_whatever_stands_beside_it(string body, string says)
    {
        await Judge(_ => ModerationServer.Answer(200, body));

        Assert.True(await Pay("--new") == 3, desk.Errors);

        Assert.Contains(says, desk.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', desk.Errors);
        Assert.Empty(await desk.Charges());
    }

    [Fact]
    public async Task A_canary_that_is_answered_with_no_keeps_what_was_judged()
    {
        desk.Answer = "y\nn";
        Assert.Equal(7, await desk.Pay("", "--canary", "1", "--moderation-url", server.Url));
        Assert.Equal(3, server.Heard.Count);

        desk.Answer = "y";
        Assert.True(await desk.Pay("", "--canary", "1", "--moderation-url", server.Url) == 0, desk.Errors);

        Assert.Equal(3, server.Heard.Count);
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_or_is_not_there_stops_the_run_too()
    {
        await Judge(_ => null);
        Assert.Equal(7, await Pay("--new"));
        Assert.Contains("no whole answer within 30 s", desk.Errors, StringComparison.Ordinal);

        Assert.Equal(7, await desk.Pay("", "--yes", "--new", "--moderation-url", "http://127.0.0.1:1/v1/moderations"));
        Assert.Contains("connection refused", desk.Errors, StringComparison.Ordinal);
        Assert.Empty(await desk.Charges());
    }

    [Fact]
    public async Task A_busy_endpoint_is_waited_for()
    {
        var asked = 0;
        await Judge(_ => Interlocked.Increment(ref asked) <= 2
            ? ModerationServer.Answer(429, "{}", "Retry-After: 2\r\n")
            : ModerationServer.Verdict());

        Assert.True(await Pay("--new") == 0, desk.Errors);
        Assert.Equal(3, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task The_endpoint_of_the_environment_gets_its_key_and_nobody_else_does()
    {
        desk.Variables["BATCHRUNNER_MODERATION_URL"] = server.Url;
        desk.Variables["BATCHRUNNER_MODERATION_KEY"] = "key_moderation";

        Assert.Equal(0, await desk.Run("plan", "batch.yaml"));
        Assert.Empty(server.Heard);
        Assert.Equal(0, await desk.Pay("", "--yes", "--new"));

        Assert.Equal(3, server.Heard.Count);
        Assert.All(server.Heard, question => Assert.Contains("Authorization: Bearer key_moderation", question.Head, StringComparison.Ordinal));
        Assert.All(server.Heard, question => Assert.DoesNotContain("key_canary", question.Head, StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFiles(desk.Folder["out"], "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".mp4", StringComparison.Ordinal)),
            file => Assert.DoesNotContain("key_moderation", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_sees_a_hit_and_says_no_has_paid_nothing_and_the_price_is_of_the_rest()
    {
        await Judge(Table);
        desk.Answer = "n";

        Assert.Equal(2, await desk.Pay("", "--moderation-url", server.Url));

        Assert.Contains("submit 2 jobs to 127.0.0.1 for 48 credits ($0.48) at most, into out/ads?", desk.Errors, StringComparison.Ordinal);
        Assert.Empty(await desk.Charges());
    }

    [Fact]
    public async Task Nobody_is_shown_a_prompt_for_a_run_that_is_refused_anyway()
    {
        Assert.Equal(2, await desk.Pay("", "--moderation-url", server.Url));
        Assert.Empty(server.Heard);
    }

    [Fact]
    public async Task An_interrupt_ends_the_asking_and_nothing_is_paid()
    {
        await Judge(_ => null);
        desk.When = ("asking 127.0.0.1", interrupts => interrupts.Signal(PosixSignal.SIGINT));

        Assert.Equal(130, await Pay("--new"));

        Assert.Empty(await desk.Charges());
        Assert.False(Directory.Exists(desk.Folder["out"]));
    }

    [Fact]
    public async Task A_cache_that_is_damaged_or_a_link_is_only_asked_again()
    {
        Assert.Equal(0, await Pay("--new", "--limit", "1"));
        await File.WriteAllTextAsync(Cache, "nonsense\n{\"prompt\":5}\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, await Pay());

        Assert.Equal(3, server.Heard.Count);
    }

    [Fact]
    public async Task What_was_flagged_and_never_sent_is_not_sent_again_but_for_the_first_time()
    {
        await Judge(Table);
        Assert.Equal(3, await Pay("--new"));

        Assert.Equal(0, await desk.Run("plan", "batch.yaml", "--only", "screened", "--csv"));

        Assert.Contains("\ncalm-m02,calm,m02,1,new,\"it was asked for, and was never sent\",", desk.Output, StringComparison.Ordinal);
    }
}
