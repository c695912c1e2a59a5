using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests.Faults;

public sealed class AnswerFaultSpecs
{
    const string Id = "^{\"id\":\"[0-9a-f-]{36}\",\"estimatedCost\":{\"credits\":60}}$";

    [Theory]
    [InlineData("rst-before", "reset", 0)]
    [InlineData("rst-after", "reset", 1)]
    [InlineData("rst", "reset", 1)]
    [InlineData("fin-before", "ended", 0)]
    [InlineData("fin-after", "ended", 1)]
    [InlineData("half-before", "500 and half", 0)]
    [InlineData("half-after", "200 and half", 1)]
    [InlineData("hang-before", "nothing", 0)]
    [InlineData("hang-after", "nothing", 1)]
    [InlineData("drip", "200 and slowly", 1)]
    [InlineData("400", "400 ^{\"error\":", 0)]
    [InlineData("401", "401 ^{\"error\":", 0)]
    [InlineData("404", "404 ^{\"error\":", 0)]
    [InlineData("408", "408 ^{\"error\":", 0)]
    [InlineData("408-after", "408 ^{\"error\":", 1)]
    [InlineData("409", "409 ^{\"error\":", 0)]
    [InlineData("413", "413 ^{\"error\":", 0)]
    [InlineData("429", "429 ^{\"error\":", 0)]
    [InlineData("500", "500 ^{\"error\":", 1)]
    [InlineData("500-before", "500 ^{\"error\":", 0)]
    [InlineData("502", "502 ^<html>", 0)]
    [InlineData("502-after", "502 ^<html>", 1)]
    [InlineData("503", "503 ^{\"error\":", 0)]
    [InlineData("503-after", "503 ^<html>", 1)]
    [InlineData("504", "504 ^<html>", 1)]
    [InlineData("html", "200 ^<html>", 1)]
    [InlineData("badjson", "200 ^{\"id\": \"4f0c$", 1)]
    [InlineData("noid", "200 ^{\"estimatedCost\":{\"credits\":60}}$", 1)]
    [InlineData("newshape", "200 \"object\":\"generation\"", 1)]
    [InlineData("307", "307 ^$", 0)]
    [InlineData("307-after", "307 ^$", 1)]
    public async Task A_create_goes_wrong_as_told_and_is_charged_only_after(string verb, string expected, int charges)
    {
        await using var simulation = await With($"post:{verb}=1");

        var outcome = await Outcome(simulation, HttpMethod.Post, "/v1/text_to_video");

        var (what, pattern) = expected.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 && !expected.Contains(" and ", StringComparison.Ordinal)
            ? (expected[..at], expected[(at + 1)..])
            : (expected, "");
        Assert.Equal(what, outcome.What);
        Assert.Matches(pattern, outcome.Body);
        Assert.Equal(charges, simulation.Server.Ledger.Count);
    }

    [Fact]
    public async Task Without_a_fault_an_answer_is_whole()
    {
        await using var simulation = await With("");

        var outcome = await Outcome(simulation, HttpMethod.Post, "/v1/text_to_video");

        Assert.Equal("200", outcome.What);
        Assert.Matches(Id, outcome.Body);
    }

    [Theory]
    [InlineData("429[2]", 429, "2")]
    [InlineData("429", 429, null)]
    [InlineData("503[7]", 503, "7")]
    public async Task A_refusal_can_say_when_to_come_back(string verb, int status, string? seconds)
    {
        await using var simulation = await With($"post:{verb}=1");

        using var response = await simulation.Api.Raw(HttpMethod.Post, "/v1/text_to_video", Client.GoodBody());

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(seconds, response.Headers.RetryAfter?.ToString());
    }

    [Theory]
    [InlineData("get:500=1", "/v1/tasks/", "500")]
    [InlineData("get:404=1", "/v1/tasks/", "404")]
    [InlineData("get:rst=1", "/v1/tasks/", "reset")]
    [InlineData("get:newshape=1", "/v1/tasks/", "200")]
    [InlineData("org:503=1", "/v1/organization", "503")]
    public async Task Reading_goes_wrong_too(string plan, string path, string expected)
    {
        await using var simulation = await With(plan);
        var id = await simulation.Api.Create();

        var outcome = await Outcome(simulation, HttpMethod.Get, path.EndsWith('/') ? path + id : path);

        Assert.Equal(expected, outcome.What);
        Assert.Equal(plan.Contains("newshape", StringComparison.Ordinal), outcome.Body.Contains("REVIEWING", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("before", 200)]
    [InlineData("after", 404)]
    public async Task A_delete_is_done_or_not_though_its_answer_is_lost(string side, int then)
    {
        await using var simulation = await With($"delete:rst-{side}=1");
        var id = await simulation.Api.Create();

        var outcome = await Outcome(simulation, HttpMethod.Delete, $"/v1/tasks/{id}");

        Assert.Equal("reset", outcome.What);
        Assert.Equal(then, (await simulation.Api.Get($"/v1/tasks/{id}")).Status);
    }

    [Theory]
    [InlineData("storage:rst=1", "reset")]
    [InlineData("storage:500=1", "500")]
    [InlineData("storage:403=1", "403")]
    public async Task The_storage_goes_wrong_too(string plan, string expected)
    {
        await using var simulation = await With(plan);
        var (_, place) = await simulation.Api.Post(
            "/v1/uploads", new JsonObject { ["filename"] = "hero.png", ["type"] = "ephemeral" });

        string outcome;
        try
        {
            using var response = await simulation.Api.Fill(place, new byte[600]);
            outcome = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException error)
        {
            outcome = Cut(error);
        }

        Assert.Equal(expected, outcome);
    }

    [Fact]
    public async Task A_fault_by_rate_strikes_about_that_often_and_the_ledger_knows_them_all()
    {
        await using var simulation = await With("post:500-after=0.2");
        var lost = 0;
        for (var i = 0; i < 200; i++)
        {
            lost += (await simulation.Api.Post("/v1/text_to_video", Client.GoodBody($"{i}"))).Status == 500 ? 1 : 0;
        }

        Assert.InRange(lost, 25, 55);
        Assert.Equal(200, simulation.Server.Ledger.Count);
    }

    [Fact]
    public async Task The_first_few_one_in_the_order_and_a_word_can_be_struck()
    {
        await using var simulation = await With("post:500-before=2x, post:408=#4, post:409=~storm");
        var statuses = new List<int>();
        foreach (var prompt in (string[])["a", "b", "c", "d", "e", "a STORM comes"])
        {
            statuses.Add((await simulation.Api.Post("/v1/text_to_video", Client.GoodBody(prompt))).Status);
        }

        Assert.Equal([500, 500, 200, 408, 200, 409], statuses);
    }

    static Task<Simulation> With(string plan) => Simulation.Start(
        Simulation.Options with { Faults = FaultPlan.Parse(plan, out _) ?? FaultPlan.None });

    static string Cut(HttpRequestException error) =>
        error.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionReset } ? "reset" : "ended";

    // "nothing" and "slowly" are what a client that waits half a second sees.
    static async Task<(string What, string Body)> Outcome(Simulation simulation, HttpMethod method, string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(0.5));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var request = new HttpRequestMessage(method, new Uri(simulation.Server.BaseAddress, path));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer key");
        request.Headers.TryAddWithoutValidation("X-Runway-Version", "2024-11-06");
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(Client.GoodBody().ToJsonString(), Encoding.UTF8, "application/json");
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (HttpRequestException error)
        {
            return (Cut(error), "");
        }
        catch (OperationCanceledException)
        {
            return ("nothing", "");
        }

        using (response)
        {
            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            try
            {
                return (status, await response.Content.ReadAsStringAsync(patience.Token));
            }
            catch (HttpRequestException)
            {
                return ($"{status} and half", "");
            }
            catch (OperationCanceledException)
            {
                return ($"{status} and slowly", "");
            }
        }
    }
}
