using System.Net;
using System.Net.Sockets;
using BatchRunner.Runway;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Runway;

public sealed class CreateSpecs
{
    const string Id = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
    const string Html = "<html><body>hello</body></html>";

    static readonly byte[] Body = """{"model":"gen4_turbo","promptText":"linen"}"""u8.ToArray();

    static readonly Dictionary<string, (string Said, string Expected)> Answers = new()
    {
        ["an id and an estimate"] = (
            RawServer.Answer(200, $$"""{"id":"{{Id}}","estimatedCost":{"credits":25} }""", "apigw-requestid: Abc=\r\n"),
            $"accepted {Id} 25 Abc="),
        ["an id alone"] = (RawServer.Answer(200, $$"""{"id":"{{Id}}"}"""), $"accepted {Id} - -"),
        ["201"] = (RawServer.Answer(201, $$"""{"id":"{{Id}}"}"""), $"accepted {Id} - -"),
        ["members nobody knows, an estimate in a string"] = (
            RawServer.Answer(200, $$"""{"new":[{}],"id":"{{Id}}","estimatedCost":{"credits":"12.5","more":null} }"""),
            $"accepted {Id} 12.5 -"),
        ["an estimate of another shape"] = (
            RawServer.Answer(200, $$"""{"id":"{{Id}}","estimatedCost":[25]}"""), $"accepted {Id} - -"),
        ["a negative estimate"] = (
            RawServer.Answer(200, $$"""{"id":"{{Id}}","estimatedCost":{"credits":-1} }"""), $"accepted {Id} - -"),
        ["a byte order mark"] = (RawServer.Answer(200, $$"""{{'\uFEFF'}}{"id":"{{Id}}"}"""), $"accepted {Id} - -"),
        ["an id in another form"] = (RawServer.Answer(200, """{"id":"task_7"}"""), "accepted task_7 - -"),
        ["half a body, the id in it"] = (
            $$"""HTTP/1.1 200 OK{{"\r\n"}}Content-Length: 500{{"\r\n\r\n"}}{"id":"{{Id}}","estim""", $"accepted {Id} - -"),
        ["JSON that breaks after the id"] = (RawServer.Answer(200, $$"""{"id":"{{Id}}",,,}"""), $"accepted {Id} - -"),
        ["a lone surrogate beside the id"] = (
            RawServer.Answer(200, """{"\ud800":"\udfff","id":"x-1","estimatedCost":{"credits":3}}"""), "accepted x-1 3 -"),

        ["half an id"] = (
            $$"""HTTP/1.1 200 OK{{"\r\n"}}Content-Length: 500{{"\r\n\r\n"}}{"id":"{{Id[..9]}}""",
            "lost: the connection closed before the answer was whole"),
        ["an id further in"] = (
            RawServer.Answer(200, $$"""{"task":{"id":"{{Id}}"} }"""), "lost: Runway answered 200: no task id"),
        ["no id"] = (RawServer.Answer(200, """{"ok":true}"""), "lost: Runway answered 200: no task id"),
        ["an id that is a number"] = (RawServer.Answer(200, """{"id":17}"""), "lost: Runway answered 200: no task id"),
        ["an id that is null"] = (RawServer.Answer(200, """{"id":null}"""), "lost: Runway answered 200: no task id"),
        ["an id that is empty"] = (RawServer.Answer(200, """{"id":""}"""), "lost: Runway answered 200: no task id"),
        ["an id that is a path"] = (RawServer.Answer(200, """{"id":".."}"""), "lost: Runway answered 200: no task id"),
        ["an id that is the key"] = (
            RawServer.Answer(200, $$"""{"id":"{{Client.CanaryKey}}"}"""), "lost: Runway answered 200: no task id"),
        ["an id that holds the key"] = (
            RawServer.Answer(200, $$"""{"id":"task-{{Client.CanaryKey.ToUpperInvariant()}}-1"}"""), "lost: Runway answered 200: no task id"),
        ["an id that is most of the key"] = (
            RawServer.Answer(200, $$"""{"id":"{{Client.CanaryKey[4..]}}"}"""), "lost: Runway answered 200: no task id"),
        ["an id that is a query"] = (RawServer.Answer(200, """{"id":"a?b=c"}"""), "lost: Runway answered 200: no task id"),
        ["an id with a line break"] = (RawServer.Answer(200, """{"id":"a\nb"}"""), "lost: Runway answered 200: no task id"),
        ["a web page with 200"] = (
            RawServer.Answer(200, Html, "", "text/html"), "lost: Runway answered 200: no task id"),
        ["an array"] = (RawServer.Answer(200, """["id"]"""), "lost: Runway answered 200: no task id"),
        ["nothing with 200"] = (RawServer.Answer(200, ""), "lost: Runway answered 200: no task id"),
        ["204"] = ("HTTP/1.1 204 No Content\r\n\r\n", "lost: Runway answered 204: no task id"),
        ["a length too small"] = (
            $$"""HTTP/1.1 200 OK{{"\r\n"}}Content-Length: 12{{"\r\n\r\n"}}{"id":"{{Id}}"}""",
            "lost: Runway answered 200: no task id"),
        ["nothing"] = ("", "lost: the connection closed before the answer was whole"),
        ["half a header"] = ("HTTP/1.1 200 O", "lost: the connection closed before the answer was whole"),
        ["not HTTP"] = ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "lost: the answer is not HTTP"),
        ["a chunk cut short"] = (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"id\"",
            "lost: the connection closed before the answer was whole"),
        ["301"] = (Redirect(301), "lost: Runway answered 301: a redirect, which is not followed"),
        ["302"] = (Redirect(302), "lost: Runway answered 302: a redirect, which is not followed"),
        ["303"] = (Redirect(303), "lost: Runway answered 303: a redirect, which is not followed"),
        ["307"] = (Redirect(307), "lost: Runway answered 307: a redirect, which is not followed"),
        ["308"] = (Redirect(308), "lost: Runway answered 308: a redirect, which is not followed"),
        ["408"] = (RawServer.Answer(408, ""), "lost: Runway answered 408 with no words"),
        ["409"] = (RawServer.Answer(409, """{"error":"busy"}"""), "lost: Runway answered 409: busy"),
        ["500"] = (RawServer.Answer(500, """{"error":"oops"}"""), "lost: Runway answered 500: oops"),
        ["500 that names an id"] = (
            RawServer.Answer(500, $$"""{"error":"oops","id":"{{Id}}"}"""), "lost: Runway answered 500: oops"),
        ["half a 500 that names an id"] = (
            $$"""HTTP/1.1 500 Oops{{"\r\n"}}Content-Length: 500{{"\r\n\r\n"}}{"id":"{{Id}}","estim""",
            "lost: the connection closed before the answer was whole"),
        ["502"] = (RawServer.Answer(502, Html), "lost: Runway answered 502 with a web page"),
        ["502 in JSON"] = (RawServer.Answer(502, """{"error":"shedding"}"""), "lost: Runway answered 502: shedding"),
        ["503 of a gateway"] = (
            RawServer.Answer(503, Html, "Retry-After: 3\r\n"), "lost: Runway answered 503 with a web page"),
        ["503 without an error"] = (
            RawServer.Answer(503, """{"message":"down"}"""), "lost: Runway answered 503: down"),
        ["504"] = (RawServer.Answer(504, ""), "lost: Runway answered 504 with no words"),

        ["503 of the API"] = (
            RawServer.Answer(503, """{"error":"overloaded"}""", "Retry-After: 3\r\n"), "Overloaded after 3 s: overloaded"),
        ["429"] = (RawServer.Answer(429, """{"error":"Too many requests"}"""), "TooMany: Too many requests"),
        ["429 without words"] = (RawServer.Answer(429, ""), "TooMany: answered 429 with no words"),
        ["429 with a long wish"] = (
            RawServer.Answer(429, """{"error":"slow"}""", "Retry-After: 99999999999999999999\r\n"), "TooMany after 300 s: slow"),
        ["429 with a date"] = (
            RawServer.Answer(429, """{"error":"slow"}""", "Retry-After: Fri, 20 Nov 2026 09:01:30 GMT\r\n"),
            "TooMany after 90 s: slow"),
        ["429 with a date gone by"] = (
            RawServer.Answer(429, """{"error":"slow"}""", "Retry-After: Fri, 20 Nov 2026 08:00:00 GMT\r\n"),
            "TooMany after 0 s: slow"),
        ["429 with a date too far"] = (
            RawServer.Answer(429, """{"error":"slow"}""", "Retry-After: Thu, 20 Nov 2036 08:00:00 GMT\r\n"),
            "TooMany after 300 s: slow"),
        ["429 with a wish nobody can read"] = (
            RawServer.Answer(429, """{"error":"slow"}""", "Retry-After: soon\r\n"), "TooMany: slow"),
        ["429 of the day"] = (
            RawServer.Answer(429, """{"error":"Your daily task limit has been reached.","docUrl":"https://x.test/?a=1"}"""),
            "DailyCap: Your daily task limit has been reached."),
        ["400 without credits"] = (
            RawServer.Answer(400, """{"error":"You do not have enough credits to run this task."}"""),
            "NoCredits: You do not have enough credits to run this task."),
        ["400 with issues"] = (
            RawServer.Answer(400, """
                {"error":"Validation of body failed","issues":[
                  {"code":"invalid_union","path":["promptImage",0,"uri"],"message":"Invalid input"},
                  {"code":"too_big","path":["duration"],"message":"Too big"},
                  {"code":"unrecognized_keys","path":[]}, null, 7]}
                """),
            "BadRequest: Validation of body failed: promptImage.0.uri: Invalid input; duration: Too big; unrecognized_keys"),
        ["400 of a gateway"] = (RawServer.Answer(400, Html), "BadRequest: answered 400 with a web page"),
        ["400 with an error inside"] = (
            RawServer.Answer(400, """{"error":{"message":"bad ratio"}}"""), "BadRequest: bad ratio"),
        ["404"] = (RawServer.Answer(404, """{"error":"Not found"}"""), "BadRequest: Not found"),
        ["405"] = (RawServer.Answer(405, "nope"), "BadRequest: answered 405 with 4 bytes that are not JSON"),
        ["413"] = (RawServer.Answer(413, ""), "BadRequest: answered 413 with no words"),
        ["422"] = (RawServer.Answer(422, """{"error":"no"}"""), "BadRequest: no"),
        ["401"] = (RawServer.Answer(401, """{"error":"Unauthorized"}"""), "KeyRefused: Unauthorized"),
        ["403"] = (RawServer.Answer(403, "{}"), "KeyRefused: answered 403 with JSON that names no error"),
    };

    public static TheoryData<string> AnswerNames => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(AnswerNames))]
    public async Task An_answer_to_a_create_means_one_thing(string name)
    {
        var (said, expected) = Answers[name];
        await using var server = new RawServer(said);

        Assert.Equal(expected, await Create(server));
        Assert.Single(server.Heard);
    }

    [Fact]
    public async Task A_create_carries_key_version_and_body_on_a_connection_of_its_own()
    {
        await using var server = new RawServer(async conversation =>
        {
            while (await conversation.Read() is not null)
            {
                await conversation.Say($$"""HTTP/1.1 200 OK{{"\r\n"}}Content-Length: 45{{"\r\n\r\n"}}{"id":"{{Id}}"}""");
            }
        });
        using var runway = Client.Open(Client.Options(server.Address));

        for (var i = 1; i <= 5; i++)
        {
            // A question leaves a connection behind that could be taken, and may be dead by then.
            await runway.Get(new TaskId(Id), Client.Stop);
            Assert.IsType<CreateAnswer.Accepted>(await runway.Create("image_to_video", Body, Client.Stop));
            Assert.Equal(i + 1, server.ConnectionCount);
        }

        Assert.All(server.Heard.Where(request => request.Line.StartsWith("POST", StringComparison.Ordinal)), request =>
        {
            Assert.Equal("POST /v1/image_to_video HTTP/1.1", request.Line);
            Assert.Equal($"Bearer {Client.CanaryKey}", request["Authorization"]);
            Assert.Equal("2024-11-06", request["X-Runway-Version"]);
            Assert.Equal("application/json", request["Content-Type"]);
            Assert.StartsWith("batchrunner/", request["User-Agent"], StringComparison.Ordinal);
            Assert.Null(request["Accept-Encoding"]);
            Assert.Null(request["Cookie"]);
            Assert.Null(request["traceparent"]);
            Assert.Equal(Body, request.Body);
        });
    }

    [Fact]
    public async Task A_reset_after_the_request_was_read_is_lost()
    {
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            conversation.Reset();
        });

        Assert.Equal("lost: connection reset", await Create(server));
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task A_reset_before_the_request_was_read_is_lost_because_it_had_left()
    {
        await using var server = new RawServer(async conversation =>
        {
            await conversation.WaitForBytes(Body.Length);
            conversation.Reset();
        });

        Assert.Equal("lost: connection reset", await Create(server));
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task A_request_whose_end_never_left_was_not_sent()
    {
        var body = new byte[64 * 1024 * 1024];
        await using var server = new RawServer(async conversation =>
        {
            await conversation.WaitForBytes(1000);
            conversation.Reset();
        });
        using var runway = Client.Open(Client.Options(server.Address));

        Assert.Equal("NotSent: connection reset", Show(await runway.Create("image_to_video", body, Client.Stop)));
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task A_closed_port_is_not_sent()
    {
        var address = ClosedPort();
        using var runway = Client.Open(Client.Options(address));

        Assert.Equal($"NotSent: nobody listens at {address.Authority}", Show(await runway.Create("image_to_video", Body, Client.Stop)));
    }

    [Fact]
    public async Task A_name_without_an_address_is_not_sent()
    {
        using var runway = Client.Open(Client.Options(new Uri("https://nowhere.invalid/")) with { Proxy = new WebProxy() });

        Assert.Equal("NotSent: the host has no address", Show(await runway.Create("image_to_video", Body, Client.Stop)));
    }

    [Fact]
    public async Task A_server_without_TLS_is_not_sent()
    {
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Say("HTTP/1.1 400 Bad Request\r\n\r\n");
            await conversation.WaitForClientToLeave();
        });
        var address = new UriBuilder(server.Address) { Scheme = "https" }.Uri;
        using var runway = Client.Open(Client.Options(address));

        Assert.Equal("NotSent: no TLS connection", Show(await runway.Create("image_to_video", Body, Client.Stop)));
        Assert.Equal(1, server.ConnectionCount);
    }

    static readonly Dictionary<string, Func<RawConversation, ManualClock, Task>> Slow = new()
    {
        ["silence"] = (_, clock) => Task.Run(() => clock.Advance(TimeSpan.FromSeconds(60))),
        ["a header by the byte"] = (conversation, clock) => Drip(conversation, clock, "HTTP/1.1 200 OK\r\nX: ", "x"),
        ["a body by the byte"] = (conversation, clock) => Drip(conversation, clock, "HTTP/1.1 200 OK\r\n\r\n{ \"a\":\"", "x"),
        ["100 Continue for ever"] = (conversation, clock) => Drip(conversation, clock, "", "HTTP/1.1 100 Continue\r\n\r\n"),
        ["103 for ever"] = (conversation, clock) => Drip(conversation, clock, "", "HTTP/1.1 103 Early\r\nLink: a\r\n\r\n"),
    };

    public static TheoryData<string> SlowNames => [.. Slow.Keys];

    [Theory]
    [MemberData(nameof(SlowNames))]
    public async Task No_answer_outlasts_the_limit_of_a_create(string name)
    {
        var clock = new ManualClock();
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await Slow[name](conversation, clock);
            await conversation.WaitForClientToLeave();
        });

        Assert.Equal("lost: no whole answer within 60 s", await Create(server, clock));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"a\":\"", "x", "lost: the answer is longer than 1024 KiB")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"id\":\"task-1\",\"a\":\"", "x", "accepted task-1 - -")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", "x", "lost: the answer's header is too long")]
    public async Task An_endless_answer_is_cut(string start, string more, string expected)
    {
        var block = string.Concat(Enumerable.Repeat(more, 4096));
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await conversation.Say(start);
            while (true)
            {
                await conversation.Say(block);
            }
        });

        Assert.Equal(expected, await Create(server));
    }

    [Fact]
    public async Task A_create_cancelled_after_it_left_is_lost()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await cancel.CancelAsync();
            await conversation.WaitForClientToLeave();
        });
        using var runway = Client.Open(Client.Options(server.Address));

        var answer = await runway.Create("image_to_video", Body, cancel.Token);

        Assert.Equal("lost: stopped while waiting for the answer", Show(answer));
    }

    [Fact]
    public async Task A_create_cancelled_before_it_left_says_so_by_throwing()
    {
        await using var server = new RawServer("");
        using var runway = Client.Open(Client.Options(server.Address));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => runway.Create("image_to_video", Body, new CancellationToken(canceled: true)));
        Assert.Empty(server.Heard);
    }

    [Theory]
    [InlineData("../../v2/x")]
    [InlineData("//evil.test/x")]
    [InlineData("image_to_video?x")]
    [InlineData("https://evil.test")]
    [InlineData("")]
    public async Task An_endpoint_is_a_name_and_nothing_else(string endpoint)
    {
        await using var server = new RawServer("");
        using var runway = Client.Open(Client.Options(server.Address));

        Assert.StartsWith("BadRequest", Show(await runway.Create(endpoint, Body, Client.Stop)), StringComparison.Ordinal);
        Assert.Equal(0, server.ConnectionCount);
    }

    static string Redirect(int status) =>
        RawServer.Answer(status, $$"""{"id":"{{Id}}"}""", "Location: https://elsewhere.test/\r\n");

    static async Task Drip(RawConversation conversation, ManualClock clock, string start, string more)
    {
        await conversation.Say(start);
        for (var second = 0; second < 60; second++)
        {
            await conversation.Say(more);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    static async Task<string> Create(RawServer server, TimeProvider? clock = null)
    {
        using var runway = Client.Open(Client.Options(server.Address), clock ?? new ManualClock());
        return Show(await runway.Create("image_to_video", Body, TestContext.Current.CancellationToken));
    }

    static string Show(CreateAnswer answer) => answer switch
    {
        CreateAnswer.Accepted accepted =>
            $"accepted {accepted.Task} {accepted.EstimatedCredits?.ToString() ?? "-"} {accepted.RequestId ?? "-"}",
        CreateAnswer.Refused { RetryAfter: { } wish } refused => $"{refused.Kind} after {wish.TotalSeconds} s: {refused.Message}",
        CreateAnswer.Refused refused => $"{refused.Kind}: {refused.Message}",
        CreateAnswer.Lost lost => $"lost: {lost.Reason}",
        _ => "?",
    };

    static Uri ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");
    }
}
