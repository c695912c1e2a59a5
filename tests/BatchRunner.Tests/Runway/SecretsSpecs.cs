using BatchRunner.Downloads;
using BatchRunner.Expansion;
using BatchRunner.Runway;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Runway;

/// <summary>The key and signatures stay where they belong, even when a server says them back.</summary>
public sealed class SecretsSpecs : IDisposable
{
    const string Jwt = "eyJhbGciCANARYtoken";
    const string Url = "https://dnznrvs05pmza.cloudfront.test/out.mp4?_jwt=" + Jwt;

    static readonly byte[] Body = """{"model":"gen4_turbo"}"""u8.ToArray();
    static readonly TaskId Id = new("17f20503-6c24-4c16-946b-35dbbce2af2f");

    readonly TempFolder folder = new();
    readonly string file;

    public SecretsSpecs() => file = folder.Write("hero.png", new string('x', 1000));

    public void Dispose() => folder.Dispose();

    static readonly Dictionary<string, Func<HttpRunway, string, Task<object>>> Verbs = new()
    {
        ["create"] = async (runway, _) => await runway.Create("image_to_video", Body, Client.Stop),
        ["get"] = async (runway, _) => await runway.Get(Id, Client.Stop),
        ["delete"] = async (runway, _) => await runway.Delete(Id, Client.Stop),
        ["organization"] = async (runway, _) => await runway.GetOrganization(Client.Stop),
        ["upload"] = async (runway, file) => await runway.Upload(file, "image/png", Client.Stop),
    };

    public static MatrixTheoryData<string, int> Redirects => new([.. Verbs.Keys], [300, 301, 302, 303, 307, 308]);

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task No_redirect_takes_the_key_to_another_host(string verb, int status)
    {
        await using var other = new RawServer(RawServer.Answer(200, "{}"));
        await using var api = new RawServer(RawServer.Answer(status, "{}", $"Location: {other.Address}\r\n"));
        using var runway = Client.Open(Client.Options(api.Address));

        await Verbs[verb](runway, file);

        Assert.Equal(0, other.ConnectionCount);
        Assert.NotEmpty(api.Heard);
        Assert.All(api.Heard, request => Assert.Equal($"Bearer {Client.CanaryKey}", request["Authorization"]));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_store_and_an_output_are_asked_without_the_key(int status)
    {
        await using var other = new RawServer(RawServer.Answer(200, "{}"));
        await using var store = new RawServer(RawServer.Answer(status, "", $"Location: {other.Address}\r\n"));
        await using var api = new RawServer(RawServer.Answer(
            200, $$"""{"uploadUrl":"{{store.Address}}","fields":{"k":"v"},"runwayUri":"runway://a"}"""));
        using var runway = Client.Open(Client.Options(api.Address));
        using var downloads = new HttpDownloads(
            new() { Root = folder.FullPath, IsLoopbackAllowed = true }, TimeProvider.System);

        await runway.Upload(file, "image/png", Client.Stop);
        Assert.Equal(0, other.ConnectionCount);
        await downloads.Fetch(store.Address, folder["a.mp4"], Client.Stop);
        Assert.Equal(1, other.ConnectionCount);

        Assert.All(store.Heard.Concat(other.Heard), request =>
        {
            Assert.DoesNotContain(Client.CanaryKey, request.Head, StringComparison.Ordinal);
            Assert.DoesNotContain("X-Runway", request.Head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Cookie", request.Head, StringComparison.OrdinalIgnoreCase);
        });
    }

    static readonly string[] Echoes =
    [
        $$"""{"error":"no {{Client.CanaryKey}} and {{Url}} and x?_jwt={{Jwt}}"}""",
        $$"""{"error":{"message":"Bearer {{Client.CanaryKey}}"} }""",
        $$"""{"error":"bad","issues":[{"path":["{{Client.CanaryKey}}"],"message":"{{Url}}"}]}""",
        $$"""{"status":"FAILED {{Client.CanaryKey}}","failure":"{{Url}} {{Client.CanaryKey}}","failureCode":"{{Client.CanaryKey}}"}""",
        $$"""{"status":"SUCCEEDED","output":["{{Url}}"]}""",
        $$"""{"status":"SUCCEEDED","output":["{{Client.CanaryKey}}"]}""",
        $$"""{"status":"{{new string('x', 190)}}{{Client.CanaryKey}}","id":"{{Client.CanaryKey}}"}""",
        $$"""{"status":"FAILED","failureCode":"{{new string('x', 185)}}{{Client.CanaryKey}}"}""",
        $$"""{"id":"{{Client.CanaryKey}}","estimatedCost":{"credits":5} }""",
        $"<html>{Client.CanaryKey} {Url}</html>",
        $"{Client.CanaryKey} {Url}",
        $$"""{"uploadUrl":"{{Url}}","runwayUri":"","fields":{"a":"{{Client.CanaryKey}}"} }""",
    ];

    public static MatrixTheoryData<string, int, int> Leaks =>
        new([.. Verbs.Keys], [200, 302, 400, 401, 404, 429, 500, 503], [.. Enumerable.Range(0, Echoes.Length)]);

    [Theory]
    [MemberData(nameof(Leaks))]
    public async Task What_a_server_says_back_is_not_passed_on(string verb, int status, int echo)
    {
        var log = new LogLines();
        await using var server = new RawServer(RawServer.Answer(
            status, Echoes[echo], $"apigw-requestid: {Client.CanaryKey}\r\nLocation: {Url}\r\nX-{Client.CanaryKey}: {Jwt}\r\n"));
        using var runway = Client.Open(Client.Options(server.Address), log: log);

        var answer = await Verbs[verb](runway, file);

        AssertClean(answer.ToString());
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, AssertClean);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/?_jwt=" + Jwt + "\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: ftp://a.test/?_jwt=" + Jwt + "\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://u:" + Jwt + "@a.test/\r\n\r\n")]
    [InlineData("junk")]
    public async Task A_download_s_answer_never_holds_its_url(string said)
    {
        await using var server = new RawServer(said);
        using var downloads = new HttpDownloads(
            new() { Root = folder.FullPath, IsLoopbackAllowed = true }, TimeProvider.System);

        var answer = await downloads.Fetch(new Uri(server.Address, $"out.mp4?_jwt={Jwt}"), folder["a.mp4"], Client.Stop);

        AssertClean(answer.ToString());
    }

    [Fact]
    public async Task What_is_thrown_holds_no_secret()
    {
        await using var server = new RawServer("");
        using var runway = Client.Open(Client.Options(server.Address));
        var cancelled = new CancellationToken(canceled: true);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runway.Get(Id, cancelled));

        AssertClean(error.ToString());
    }

    [Fact]
    public void What_an_input_prints_holds_no_signature()
    {
        var url = new JobInput("/promptImage", null, null, 0, null, $"https://example.com/a.png?X-Amz-Signature={Jwt}");
        var file = new JobInput("/promptImage", "/assets/a.png", "00", 1, "image/png", null);

        AssertClean(url.ToString());
        Assert.Equal("/promptImage: [url]", url.ToString());
        Assert.Equal("/promptImage: /assets/a.png", file.ToString());
    }

    static void AssertClean(string? text)
    {
        Assert.NotNull(text);
        Assert.DoesNotContain(Client.CanaryKey[..14], text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Jwt, text, StringComparison.Ordinal);
    }
}
