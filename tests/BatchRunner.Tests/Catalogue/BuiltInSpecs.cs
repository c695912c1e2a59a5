using System.Text.Json.Nodes;
using BatchRunner.Catalogue;

namespace BatchRunner.Tests.Catalogue;

/// <summary>The catalogue this version comes with.</summary>
public sealed class BuiltInSpecs
{
    [Fact]
    public void It_reads_without_a_mistake_and_knows_its_day()
    {
        var catalogue = ModelCatalogue.BuiltIn;

        Assert.Equal(new DateOnly(2026, 9, 23), catalogue.Date);
        Assert.NotEmpty(catalogue.Models);
    }

    [Fact]
    public void A_plain_request_has_a_price_an_extension_and_no_problems()
    {
        var variant = ModelCatalogue.BuiltIn.Find("gen4_turbo")?.On("image_to_video");
        Assert.NotNull(variant);
        var body = new JsonObject
        {
            ["model"] = "gen4_turbo",
            ["promptImage"] = "https://example.com/hero.png",
            ["promptText"] = "slow push in",
            ["ratio"] = "1280:720",
            ["duration"] = 5,
        };

        Assert.Empty(variant.Check(body, _ => null));
        Assert.Equal(25, variant.Estimate(body, _ => null).Credits);
        Assert.Equal(".mp4", variant.Extension(body));
    }
}
