using System.Text.Json.Nodes;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests;

public sealed class AccountSpecs
{
    [Theory]
    [InlineData(null, "2024-11-06", 401)]
    [InlineData("", "2024-11-06", 401)]
    [InlineData("key_wrong", "2024-11-06", 401)]
    [InlineData("key_right", null, 400)]
    [InlineData("key_right", "2024-09-13", 400)]
    [InlineData("key_right", "2024-11-06", 200)]
    public async Task Key_and_version_are_required(string? key, string? version, int expected)
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { Key = "key_right" });

        var (status, body) = await simulation.Api.Send(HttpMethod.Get, "/v1/organization", null, key, version);

        Assert.Equal(expected, status);
        Assert.Equal(expected == 200, body["error"] is null);
    }

    [Fact]
    public async Task Credits_run_out_as_the_api_says_it()
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { Credits = 100 });
        await simulation.Api.Create();

        var (status, body) = await simulation.Api.Post("/v1/text_to_video", Client.GoodBody());

        Assert.Equal(400, status);
        Assert.Equal("You do not have enough credits to run this task.", (string?)body["error"]);
        Assert.NotNull(body["docUrl"]);
        Assert.Null(body["issues"]);
        Assert.Single(simulation.Server.Ledger);
    }

    [Fact]
    public async Task The_daily_cap_is_a_429_and_rolls_on_by_the_hour()
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { DailyCap = 2 });
        await simulation.Api.Create();
        simulation.Pass(3_600);
        await simulation.Api.Create();

        var capped = await simulation.Api.Post("/v1/text_to_video", Client.GoodBody());
        var other = await simulation.Api.Post(
            "/v1/text_to_image", new JsonObject { ["model"] = "gen4_image", ["promptText"] = "x", ["ratio"] = "720:720" });
        simulation.Pass(23 * 3_600);
        var later = await simulation.Api.Post("/v1/text_to_video", Client.GoodBody());

        Assert.Equal((429, "Your daily task limit has been reached."), (capped.Status, (string?)capped.Body["error"]));
        Assert.Equal(200, other.Status);
        Assert.Equal(200, later.Status);
    }

    [Theory]
    [InlineData(1, 1, 2, 50)]
    [InlineData(3, 5, 5, 1_000)]
    [InlineData(5, 20, 20, 25_000)]
    public async Task The_tier_tells_slots_and_caps(int tier, int video, int image, int daily)
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { Tier = tier });
        await simulation.Api.Create();

        var (_, body) = await simulation.Api.Get("/v1/organization");

        var models = body["tier"]?["models"];
        Assert.Equal(video, (int?)models?["gen4.5"]?["maxConcurrentGenerations"]);
        Assert.Equal(image, (int?)models?["gen4_image"]?["maxConcurrentGenerations"]);
        Assert.Equal(daily, (int?)models?["gen4.5"]?["maxDailyGenerations"]);
        Assert.Equal(1, (int?)body["usage"]?["models"]?["gen4.5"]?["dailyGenerations"]);
        Assert.Equal(99_940, (int?)body["creditBalance"]);
    }

    [Fact]
    public async Task No_cap_is_null()
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { DailyCap = int.MaxValue });

        var (_, body) = await simulation.Api.Get("/v1/organization");

        var limits = body["tier"]?["models"]?["gen4.5"]?.AsObject();
        Assert.True(limits?.ContainsKey("maxDailyGenerations"));
        Assert.Null(limits?["maxDailyGenerations"]);
    }

    [Fact]
    public async Task A_plan_can_move_the_account()
    {
        await using var simulation = await Simulation.Start(
            Simulation.Options with { Faults = FaultPlan.Parse("account:revoke@30, account:credits=70", out _) ?? FaultPlan.None });

        var first = (await simulation.Api.Post("/v1/text_to_video", Client.GoodBody())).Status;
        var second = (await simulation.Api.Post("/v1/text_to_video", Client.GoodBody())).Status;
        simulation.Pass(31);
        var revoked = (await simulation.Api.Get("/v1/organization")).Status;
        await simulation.Api.Faults("account:tier=5");
        var slots = (await simulation.Api.Get("/v1/organization")).Body["tier"]?["models"]?["gen4.5"]?["maxConcurrentGenerations"];

        Assert.Equal((200, 400, 401), (first, second, revoked));
        Assert.Equal(20, (int?)slots);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("PUT", "/v1/organization", 405)]
    [InlineData("GET", "/v1/image_to_video", 405)]
    [InlineData("GET", "/v1/tasks/not-a-task", 404)]
    public async Task What_is_not_there_is_said_in_json(string method, string path, int expected)
    {
        await using var simulation = await Simulation.Start();

        var (status, body) = await simulation.Api.Send(new HttpMethod(method), path);

        Assert.Equal(expected, status);
        Assert.NotNull(body["error"]);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused()
    {
        await using var simulation = await Simulation.Start();

        var (status, body) = await simulation.Api.Post("/v1/text_to_video", new JsonArray(1));

        Assert.Equal(400, status);
        Assert.NotNull(body["error"]);
        Assert.Empty(simulation.Server.Ledger);
    }

    [Fact]
    public async Task Every_mistake_is_listed_with_its_path()
    {
        await using var simulation = await Simulation.Start();
        var wrong = Client.GoodBody();
        (wrong["ratio"], wrong["duration"], wrong["seed"]) = ("16:9", 11, "x");
        wrong.Remove("promptText");

        var (status, body) = await simulation.Api.Post("/v1/text_to_video", wrong);

        var issues = body["issues"]?.AsArray().Select(issue => $"{issue?["code"]} {issue?["path"]?.ToJsonString()}").Order();
        Assert.Equal(400, status);
        Assert.Equal("Validation of body failed", (string?)body["error"]);
        Assert.Equal(
            ["invalid_type [\"promptText\"]", "invalid_type [\"seed\"]", "invalid_value [\"ratio\"]", "too_big [\"duration\"]"], issues);
    }
}
