using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Media;
using BatchRunner.Simulator.Tests.Support;
using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests;

public sealed class BodySpecs
{
    [Fact]
    public async Task Every_body_is_judged_as_somebody_judged_it_by_hand()
    {
        await using var simulation = await Simulation.Start(
            Simulation.Options with { Credits = 100_000_000, DailyCap = int.MaxValue });

        Assert.Equal("", await Misjudged(simulation, BodyCases.All()));
    }

    [Fact]
    public async Task Every_model_of_the_catalogue_takes_its_minimal_body_on_every_endpoint()
    {
        await using var simulation = await Simulation.Start(
            Simulation.Options with { Credits = 100_000_000, DailyCap = int.MaxValue });
        var bodies = BodyCases.Minimal();

        Assert.Equal(
            ModelCatalogue.BuiltIn.Models.SelectMany(model => model.Variants).Select(one => $"{one.Endpoint} {one.Model}").Order(),
            bodies.Select(body => $"{body.Endpoint} {body.Body["model"]}").Order());
        Assert.Equal("", await Misjudged(simulation, bodies));
    }

    static async Task<string> Misjudged(Simulation simulation, IReadOnlyList<BodyCase> bodies)
    {
        var wrong = new List<string>();

        // The bodies name an upload by its form; a server wants one that was made.
        var image = await simulation.Api.Upload("hero.png", File("image", ".png"));
        var video = await simulation.Api.Upload("clip.mp4", File("video", ".mp4"));

        foreach (var body in bodies)
        {
            var text = body.Body.ToJsonString().Replace(
                "runway://abcdefgh", body.Endpoint == "image_to_video" ? image : video, StringComparison.Ordinal);
            var (status, answer) = await simulation.Api.Post($"/v1/{body.Endpoint}", JsonNode.Parse(text) ?? text);
            if (status != (body.IsAccepted ? 200 : 400))
            {
                wrong.Add($"{body} got {status} {answer.ToJsonString()}");
            }
        }

        return string.Join('\n', wrong);
    }

    static byte[] File(string kind, string extension) => OutputFile.Make(
        "4c09a858-0000-4000-8000-000000000000", "gen4.5", new OutputPlan(kind, extension, 1280, 720, kind == "image" ? 0 : 5, 1, ""), 0).Bytes;
}
