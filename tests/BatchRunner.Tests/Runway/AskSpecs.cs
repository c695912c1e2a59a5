using System.Globalization;
using BatchRunner.Runway;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Runway;

public sealed class AskSpecs
{
    const string Html = "<!DOCTYPE html><html></html>";

    static readonly TaskId Id = new("17f20503-6c24-4c16-946b-35dbbce2af2f");

    static readonly Dictionary<string, (int Status, string Body, string Expected)> Tasks = new()
    {
        ["pending"] = (200, """{"id":"17F20503-6c24-4c16-946b-35dbbce2af2f","status":"PENDING","createdAt":"2026-11-20T09:00:00.000Z"}""",
            "Pending PENDING at 2026-11-20T09:00:00"),
        ["throttled"] = (200, """{"status":"THROTTLED","estimatedCost":{"credits":25}}""", "Throttled THROTTLED estimate 25"),
        ["running"] = (200, """{"status":"RUNNING","progress":0.4821}""", "Running RUNNING progress 0.4821"),
        ["progress in a string"] = (200, """{"status":"RUNNING","progress":"0.5"}""", "Running RUNNING progress 0.5"),
        ["progress beyond its end"] = (200, """{"status":"RUNNING","progress":50}""", "Running RUNNING progress 1"),
        ["progress no number holds"] = (200, """{"status":"RUNNING","progress":1e999}""", "Running RUNNING"),
        ["succeeded"] = (200, """{"status":"SUCCEEDED","output":["https://a.test/1.mp4?_jwt=x","https://a.test/2.wav"],"cost":{"credits":25}}""",
            "Succeeded SUCCEEDED cost 25 output https://a.test/1.mp4?_jwt=x output https://a.test/2.wav"),
        ["an output alone"] = (200, """{"status":"SUCCEEDED","output":"https://a.test/1.mp4"}""", "Succeeded SUCCEEDED output https://a.test/1.mp4"),
        ["outputs as objects"] = (200, """{"status":"SUCCEEDED","output":[null,{"url":"https://a.test/1"},{"uri":"https://a.test/2"}]}""",
            "Succeeded SUCCEEDED output https://a.test/1 output https://a.test/2"),
        ["no output"] = (200, """{"status":"SUCCEEDED","output":[]}""", "Succeeded SUCCEEDED"),
        ["an output that is no URL"] = (200, """{"status":"SUCCEEDED","output":["https://a.test/1","clip.mp4"]}""",
            "trouble: Runway named an output that is not a URL"),
        ["failed"] = (200, """{"status":"FAILED","failure":"An unexpected error occurred.","failureCode":"INTERNAL.BAD_OUTPUT.CODE01","cost":{"credits":0}}""",
            "Failed FAILED cost 0 failure An unexpected error occurred. code INTERNAL.BAD_OUTPUT.CODE01"),
        ["failed without words"] = (200, """{"status":"FAILED","failure":null,"failureCode":null,"cost":null}""", "Failed FAILED"),
        ["cancelled"] = (200, """{"status":"CANCELLED"}""", "Cancelled CANCELLED"),
        ["canceled"] = (200, """{"status":"CANCELED"}""", "Cancelled CANCELED"),
        ["a status in lower case"] = (200, """{"status":"succeeded"}""", "Succeeded succeeded"),
        ["a status nobody knows"] = (200, """{"status":"DREAMING"}""", "Other DREAMING"),
        ["a status that is a number"] = (200, """{"status":7}""", "Other 7"),
        ["members nobody knows"] = (200, """{"status":"PENDING","x":{"y":[1,{"z":null}]}}""", "Pending PENDING"),
        ["no status"] = (200, """{"id":"17f20503-6c24-4c16-946b-35dbbce2af2f"}""", "trouble: Runway answered 200 without a task's status"),
        ["a null status"] = (200, """{"status":null}""", "trouble: Runway answered 200 without a task's status"),
        ["another task"] = (200, """{"id":"other","status":"SUCCEEDED"}""", "trouble: Runway answered about another task"),
        ["a page with 200"] = (200, Html, "trouble: Runway answered 200 without a task's status"),
        ["too deep"] = (200, string.Concat(Enumerable.Repeat("""{"status":""", 40)), "trouble: Runway answered 200 without a task's status"),
        ["404"] = (404, """{"error":"Could not find Task"}""", "gone"),
        ["404 without words"] = (404, "", "gone"),
        ["404 of a gateway"] = (404, Html, "trouble: answered 404 with a web page, again after 7 s"),
        ["401"] = (401, """{"error":"Unauthorized"}""", "key: Unauthorized"),
        ["403"] = (403, "", "key: answered 403 with no words"),
        ["429"] = (429, """{"error":"slow down"}""", "trouble: slow down, again after 7 s"),
        ["500"] = (500, "", "trouble: answered 500 with no words, again after 7 s"),
        ["302"] = (302, "", "trouble: answered 302 with no words, again after 7 s"),
    };

    public static TheoryData<string> TaskNames => [.. Tasks.Keys];

    [Theory]
    [MemberData(nameof(TaskNames))]
    public async Task A_task_is_read_whatever_stands_around_it(string name)
    {
        var (status, body, expected) = Tasks[name];
        await using var server = new RawServer(RawServer.Answer(status, body, status == 200 ? "" : "Retry-After: 7\r\n"));
        using var runway = Client.Open(Client.Options(server.Address));

        var answer = await runway.Get(Id, TestContext.Current.CancellationToken);

        Assert.Equal(expected, Show(answer));
        Assert.Equal($"GET /v1/tasks/{Id} HTTP/1.1", Assert.Single(server.Heard).Line);
    }

    [Theory]
    [InlineData("a/../../organization", "/v1/tasks/a%2F..%2F..%2Forganization")]
    [InlineData("a?b#c", "/v1/tasks/a%3Fb%23c")]
    public async Task An_id_stays_one_piece_of_the_path(string id, string path)
    {
        await using var server = new RawServer(RawServer.Answer(404, "{}"));
        using var runway = Client.Open(Client.Options(server.Address));

        await runway.Get(new TaskId(id), Client.Stop);

        Assert.Equal($"GET {path} HTTP/1.1", Assert.Single(server.Heard).Line);
    }

    [Theory]
    [InlineData(204, "", "confirmed", 1)]
    [InlineData(404, """{"error":"Could not find Task"}""", "confirmed", 1)]
    [InlineData(404, Html, "trouble: answered 404 with a web page", 1)]
    [InlineData(401, """{"error":"Unauthorized"}""", "key: Unauthorized", 1)]
    [InlineData(400, """{"error":"no"}""", "trouble: no", 1)]
    [InlineData(503, """{"error":"busy"}""", "trouble: busy", 3)]
    [InlineData(429, """{"error":"busy"}""", "trouble: busy", 3)]
    public async Task A_delete_is_confirmed_or_repeated(int status, string body, string expected, int requests)
    {
        await using var server = new RawServer(
            status == 204 ? "HTTP/1.1 204 No Content\r\n\r\n" : RawServer.Answer(status, body));
        using var runway = Client.Open(Client.Options(server.Address));

        var answer = await runway.Delete(Id, TestContext.Current.CancellationToken);

        Assert.Equal(expected, Show(answer));
        Assert.Equal(requests, server.Heard.Count);
        Assert.All(server.Heard, request => Assert.Equal($"DELETE /v1/tasks/{Id} HTTP/1.1", request.Line));
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_is_asked_again()
    {
        var isFirst = true;
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            if (isFirst)
            {
                isFirst = false;
                conversation.Reset();
                return;
            }

            await conversation.Say(RawServer.Answer(404, """{"error":"Could not find Task"}"""));
        });
        using var runway = Client.Open(Client.Options(server.Address));

        Assert.IsType<DeleteAnswer.Confirmed>(await runway.Delete(Id, Client.Stop));
    }

    [Fact]
    public async Task The_account_is_read_with_and_without_limits()
    {
        await using var server = new RawServer(RawServer.Answer(200, """
            {"creditBalance":"1234.5","tier":{"maxMonthlyCreditSpend":10000,"models":{
              "gen4_turbo":{"maxConcurrentGenerations":5,"maxDailyGenerations":1000,"new":1},
              "gen4.5":{"maxConcurrentGenerations":null,"maxDailyGenerations":null},
              "odd":7}},
             "usage":{"models":{"gen4_turbo":{"dailyGenerations":12},"gen3a_turbo":{"dailyGenerations":1}}}}
            """));
        using var runway = Client.Open(Client.Options(server.Address));

        var answer = Assert.IsType<OrganizationAnswer.Found>(await runway.GetOrganization(Client.Stop));

        Assert.Equal(1234.5m, answer.Organization.CreditBalance);
        Assert.Equal(new ModelAllowance(5, 1000, 12), answer.Organization.Models["gen4_turbo"]);
        Assert.Equal(new ModelAllowance(null, null, 0), answer.Organization.Models["gen4.5"]);
        Assert.Equal(new ModelAllowance(null, null, 0), answer.Organization.Models["odd"]);
        Assert.Equal(new ModelAllowance(null, null, 1), answer.Organization.Models["gen3a_turbo"]);
    }

    [Theory]
    [InlineData(200, "{}", "Runway answered 200 without a credit balance")]
    [InlineData(200, Html, "Runway answered 200 without a credit balance")]
    [InlineData(500, "", "answered 500 with no words")]
    public async Task An_account_that_can_t_be_read_is_trouble(int status, string body, string expected)
    {
        await using var server = new RawServer(RawServer.Answer(status, body));
        using var runway = Client.Open(Client.Options(server.Address));

        Assert.Equal(new OrganizationAnswer.Trouble(expected), await runway.GetOrganization(Client.Stop));
    }

    [Fact]
    public async Task A_question_that_is_not_answered_ends_after_30_seconds()
    {
        var clock = new ManualClock();
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            clock.Advance(TimeSpan.FromSeconds(30));
            await conversation.WaitForClientToLeave();
        });
        using var runway = Client.Open(Client.Options(server.Address), clock);

        var answer = await runway.Get(Id, Client.Stop);

        Assert.Equal("trouble: no whole answer within 30 s", Show(answer));
    }

    static string Show(TaskAnswer answer) => answer switch
    {
        TaskAnswer.Found found => Show(found.Task),
        TaskAnswer.Gone => "gone",
        TaskAnswer.KeyRefused refused => $"key: {refused.Message}",
        TaskAnswer.Trouble { RetryAfter: { } wish } trouble => $"trouble: {trouble.Reason}, again after {wish.TotalSeconds} s",
        TaskAnswer.Trouble trouble => $"trouble: {trouble.Reason}",
        _ => "?",
    };

    static string Show(DeleteAnswer answer) => answer switch
    {
        DeleteAnswer.Confirmed => "confirmed",
        DeleteAnswer.KeyRefused refused => $"key: {refused.Message}",
        DeleteAnswer.Trouble trouble => $"trouble: {trouble.Reason}",
        _ => "?",
    };

    static string Show(TaskSnapshot task)
    {
        Assert.Equal(Id, task.Id);
        return string.Join(' ', new[]
        {
            $"{task.Status} {task.StatusWord}",
            task.Progress is { } progress ? string.Create(CultureInfo.InvariantCulture, $"progress {progress}") : null,
            task.EstimatedCredits is { } estimate ? $"estimate {estimate}" : null,
            task.CostCredits is { } cost ? $"cost {cost}" : null,
            task.Failure is { } failure ? $"failure {failure}" : null,
            task.FailureCode is { } code ? $"code {code}" : null,
            task.CreatedAt is { } at ? $"at {at:s}" : null,
        }.OfType<string>().Concat(task.Outputs.Select(output => $"output {output}")));
    }
}
