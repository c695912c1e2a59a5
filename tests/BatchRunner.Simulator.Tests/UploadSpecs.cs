using System.Text.Json.Nodes;
using BatchRunner.Simulator.Media;
using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests;

public sealed class UploadSpecs
{
    static readonly byte[] Png = OutputFile.Make(
        "4c09a858-0000-4000-8000-000000000000", "gen4_image", new OutputPlan("image", ".png", 1280, 720, 0, 1, "hero"), 0).Bytes;

    [Fact]
    public async Task An_upload_is_an_input_for_a_day_and_for_many_tasks()
    {
        await using var simulation = await Simulation.Start();
        var uri = await simulation.Api.Upload("hero.png", Png);

        var first = (await simulation.Api.Post("/v1/image_to_video", Body(uri))).Status;
        simulation.Pass((24 * 3_600) - 1);
        var second = (await simulation.Api.Post("/v1/image_to_video", Body(uri))).Status;
        simulation.Pass(2);
        var expired = await simulation.Api.Post("/v1/image_to_video", Body(uri));

        Assert.Equal((200, 200, 400), (first, second, expired.Status));
        Assert.Equal("[\"promptImage\"]", expired.Body["issues"]?[0]?["path"]?.ToJsonString());
    }

    [Fact]
    public async Task The_bytes_of_an_upload_are_looked_into()
    {
        await using var simulation = await Simulation.Start();
        var gif = new byte[600];
        "GIF89a"u8.CopyTo(gif);
        var uri = await simulation.Api.Upload("hero.png", gif);

        var (status, _) = await simulation.Api.Post("/v1/image_to_video", Body(uri));

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task A_place_without_a_file_is_no_input()
    {
        await using var simulation = await Simulation.Start();
        var (_, place) = await Place(simulation, "hero.png");

        var (status, _) = await simulation.Api.Post("/v1/image_to_video", Body((string?)place["runwayUri"] ?? ""));

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task The_file_comes_last_in_the_form()
    {
        await using var simulation = await Simulation.Start();
        var (_, place) = await Place(simulation, "hero.png");

        using var first = await simulation.Api.Fill(place, Png, isFileFirst: true);
        using var last = await simulation.Api.Fill(place, Png);

        Assert.Equal((400, 204), ((int)first.StatusCode, (int)last.StatusCode));
    }

    [Theory]
    [InlineData(511, 400)]
    [InlineData(512, 204)]
    public async Task A_file_has_at_least_512_bytes(int length, int expected)
    {
        await using var simulation = await Simulation.Start();
        var (_, place) = await Place(simulation, "hero.png");

        using var response = await simulation.Api.Fill(place, new byte[length]);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_form_that_was_changed_is_refused()
    {
        await using var simulation = await Simulation.Start();
        var (_, place) = await Place(simulation, "hero.png");
        place["fields"]?.AsObject()["policy"] = "e30=";

        using var response = await simulation.Api.Fill(place, Png);

        Assert.Equal(403, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("hero.png", 200)]
    [InlineData("hero.PNG", 200)]
    [InlineData("talk.m4a", 200)]
    [InlineData("hero.gif", 400)]
    [InlineData("hero", 400)]
    [InlineData("a", 400)]
    public async Task A_filename_has_the_extension_of_a_medium(string filename, int expected)
    {
        await using var simulation = await Simulation.Start();

        var (status, _) = await Place(simulation, filename);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task The_same_picture_sent_in_two_ways_is_the_same_request()
    {
        await using var simulation = await Simulation.Start();
        var first = await simulation.Api.Upload("hero.png", Png);
        var second = await simulation.Api.Upload("copy.png", Png);

        await simulation.Api.Post("/v1/image_to_video", Body(first));
        await simulation.Api.Post("/v1/image_to_video", Body(second));
        await simulation.Api.Post("/v1/image_to_video", Body($"data:image/png;base64,{Convert.ToBase64String(Png)}"));

        Assert.Equal(3, simulation.Server.Ledger.Count);
        Assert.Single(simulation.Server.Ledger.Select(entry => entry.RequestHash).Distinct());
    }

    static Task<(int Status, JsonObject Body)> Place(Simulation simulation, string filename) =>
        simulation.Api.Post("/v1/uploads", new JsonObject { ["filename"] = filename, ["type"] = "ephemeral" });

    static JsonObject Body(string image) =>
        new() { ["model"] = "gen4_turbo", ["promptImage"] = image, ["ratio"] = "1280:720", ["duration"] = 5 };
}
