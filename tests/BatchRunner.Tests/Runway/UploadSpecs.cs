using System.Security.Cryptography;
using System.Text;
using BatchRunner.Runway;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Runway;

public sealed class UploadSpecs : IDisposable
{
    readonly TempFolder folder = new();
    readonly string file;

    public UploadSpecs() => file = folder.Write("my secret name.png", new string('p', 1000));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_goes_to_the_store_fields_first_and_without_the_key()
    {
        await using var store = new RawServer(RawServer.Answer(204, ""));
        await using var api = new RawServer(Placeholder(store.Address, "\"key\":\"a/b\",\"policy\":\"p\\\"q\""));
        using var runway = Client.Open(Client.Options(api.Address));

        var answer = await runway.Upload(file, "image/png", Client.Stop);

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(new string('p', 1000))));
        Assert.Equal(new UploadAnswer.Uploaded("runway://abc", sha256), answer);
        var asked = Assert.Single(api.Heard);
        Assert.Equal("POST /v1/uploads HTTP/1.1", asked.Line);
        Assert.Equal("""{"filename":"input.png","type":"ephemeral"}""", asked.Text);
        Assert.Equal($"Bearer {Client.CanaryKey}", asked["Authorization"]);

        var stored = Assert.Single(store.Heard);
        Assert.Equal("POST /bucket?signed=1 HTTP/1.1", stored.Line);
        Assert.Null(stored["Authorization"]);
        Assert.Null(stored["X-Runway-Version"]);
        var boundary = stored["Content-Type"]!.Split("boundary=")[1];
        Assert.Equal(
            string.Join("\r\n",
                $"--{boundary}", "Content-Disposition: form-data; name=\"key\"", "", "a/b",
                $"--{boundary}", "Content-Disposition: form-data; name=\"policy\"", "", "p\"q",
                $"--{boundary}", "Content-Disposition: form-data; name=\"file\"; filename=\"input.png\"", "Content-Type: image/png", "",
                new string('p', 1000),
                $"--{boundary}--", ""),
            stored.Text);
    }

    [Fact]
    public async Task Trouble_with_the_store_asks_for_another_place()
    {
        var tries = 0;
        await using var store = new RawServer(async conversation =>
        {
            await conversation.Read();
            tries++;
            switch (tries)
            {
                case 1:
                    conversation.Reset();
                    break;
                case 2:
                    await conversation.Say(RawServer.Answer(403, "<Error>expired</Error>"));
                    break;
                default:
                    await conversation.Say(RawServer.Answer(204, ""));
                    break;
            }
        });
        await using var api = new RawServer(Placeholder(store.Address));
        using var runway = Client.Open(Client.Options(api.Address));

        Assert.IsType<UploadAnswer.Uploaded>(await runway.Upload(file, "image/png", Client.Stop));
        Assert.Equal(3, api.Heard.Count);
        Assert.Equal(3, store.Heard.Count);
    }

    [Fact]
    public async Task A_store_that_never_takes_it_is_given_up()
    {
        await using var store = new RawServer(RawServer.Answer(307, "", "Location: http://127.0.0.1:1/\r\n"));
        await using var api = new RawServer(Placeholder(store.Address));
        using var runway = Client.Open(Client.Options(api.Address));

        Assert.Equal(new UploadAnswer.Failed("the store answered 307", true), await runway.Upload(file, "image/png", Client.Stop));
        Assert.Equal(3, store.Heard.Count);
    }

    [Theory]
    [InlineData(401, """{"error":"Unauthorized"}""", "KeyRefused { Message = Unauthorized }", 1)]
    [InlineData(400, """{"error":"buy credits"}""", "Failed { Reason = buy credits, IsTransient = False }", 1)]
    [InlineData(429, """{"error":"slow"}""", "Failed { Reason = slow, IsTransient = True }", 3)]
    [InlineData(200, "{}", "Failed { Reason = Runway named no place to upload to, IsTransient = True }", 1)]
    [InlineData(200, """{"uploadUrl":"http://evil.test/","runwayUri":"runway://a"}""",
        "Failed { Reason = the place to upload to is not https, IsTransient = True }", 3)]
    public async Task A_placeholder_that_is_none_sends_no_file(int status, string body, string expected, int requests)
    {
        await using var api = new RawServer(RawServer.Answer(status, body));
        using var runway = Client.Open(Client.Options(api.Address));

        Assert.Equal(expected, (await runway.Upload(file, "image/png", Client.Stop)).ToString());
        Assert.Equal(requests, api.Heard.Count);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_answer()
    {
        await using var api = new RawServer(Placeholder(new Uri("https://store.test/")));
        using var runway = Client.Open(Client.Options(api.Address));

        Assert.Equal(
            new UploadAnswer.Failed("`gone.png` can't be read", false),
            await runway.Upload(folder["gone.png"], "image/png", Client.Stop));
    }

    static string Placeholder(Uri store, string fields = "") => RawServer.Answer(
        200, $$"""{"uploadUrl":"{{store}}bucket?signed=1","fields":{ {{fields}} },"runwayUri":"runway://abc"}""");
}
