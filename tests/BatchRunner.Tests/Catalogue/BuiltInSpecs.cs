using BatchRunner.Catalogue;
using BatchRunner.Catalogue.Pricing;
using BatchRunner.Diagnostics;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>The catalogue this version comes with.</summary>
public sealed class BuiltInSpecs
{
    static readonly IEnumerable<ModelVariant> Variants = ModelCatalogue.BuiltIn.Models.SelectMany(model => model.Variants);

    [Fact]
    public void It_knows_its_day_its_source_and_every_generation_endpoint()
    {
        var catalogue = ModelCatalogue.BuiltIn;

        Assert.Equal(new DateOnly(2026, 9, 23), catalogue.Date);
        Assert.Contains("@runwayml/sdk 4.20.1", catalogue.Source, StringComparison.Ordinal);
        Assert.Equal(
            [
                "character_performance", "image_to_video", "image_upscale", "sound_effect", "speech_to_speech", "text_to_image",
                "text_to_speech", "text_to_video", "video_to_hdr", "video_to_video", "video_upscale", "voice_dubbing", "voice_isolation",
            ],
            catalogue.Endpoints.Order());
    }

    [Fact]
    public void Every_model_of_the_newest_schema_is_in_it()
    {
        string[] schema =
        [
            "gen4.5", "gen4_turbo", "veo3.1", "veo3.1_fast", "hailuo3", "happyhorse_1_0", "seedance2", "seedance2_fast",
            "seedance2_mini", "gemini_omni_flash", "seedance2_5", "grok_imagine_1_5", "wan3", "gemini_omni_flash_1.1", "wan3_prime",
            "h3_max", "aleph2", "act_two", "gen4_image_turbo", "gen4_image", "gpt_image_2", "gemini_image3.1_flash", "muse_image",
            "seedream5_pro", "seedream5_lite", "grok_imagine_image_2", "gemini_image3_pro", "gpt_image_2_5_flare",
            "gpt_image_2_5_sunburst", "gemini_2.5_flash", "magnific_precision_upscaler_v2", "magnific_video_upscaler_creative",
            "enhance_frame_rate", "ruby", "seed_audio", "eleven_multilingual_v2", "eleven_v3", "eleven_text_to_sound_v2",
            "eleven_multilingual_sts_v2", "eleven_voice_dubbing", "eleven_voice_isolation",
        ];

        var current = ModelCatalogue.BuiltIn.Models.Where(model => model.Retired is null).Select(model => model.Name);

        Assert.Equal(schema.Order(), current.Order());
    }

    [Theory]
    [InlineData("gen3a_turbo", "2026-07-30", "gen4_turbo")]
    [InlineData("gen4_aleph", "2026-07-30", "aleph2")]
    [InlineData("veo3", "2026-08-08", "veo3.1")]
    [InlineData("upscale_v1", "2026-01-17", "magnific_video_upscaler_creative")]
    public void A_retired_model_says_since_when_and_what_to_use_instead(string name, string date, string instead)
    {
        var model = ModelCatalogue.BuiltIn.Find(name);

        Assert.Equal($"{date} {instead}", $"{model?.Retired?.Date:yyyy-MM-dd} {model?.Retired?.UseInstead}");
        Assert.NotNull(ModelCatalogue.BuiltIn.Find(instead));
    }

    [Fact]
    public void A_retired_model_is_a_warning_and_still_priced()
    {
        var request = new PricedRequest("25 image_to_video gen3a_turbo promptText=x promptImage@ ratio=1280:768 duration=5");
        var variant = ModelCatalogue.BuiltIn.Find("gen3a_turbo")?.On("image_to_video");

        var problem = Assert.Single(variant?.Check(request.Body, request.Media) ?? []);

        Assert.Equal(("BR0511", Severity.Warning, "use `gen4_turbo`"), (problem.Code, problem.Severity, problem.Hint ?? ""));
        Assert.Equal(25, variant?.Estimate(request.Body, request.Media).Credits);
    }

    [Theory]
    [InlineData("gen4.5 text_to_video", ".mp4")]
    [InlineData("gen4.5 text_to_video outputFormat=prores", ".mov")]
    [InlineData("gen4.5 text_to_video outputFormat=hdr_pq_12bit_master", ".mov")]
    [InlineData("gen4.5 text_to_video outputFormat=hdr10", ".mp4")]
    [InlineData("gen4.5 text_to_video outputFormat=hdr_exr_acescg_sequence_1_3", ".zip")]
    [InlineData("gen4.5 text_to_video outputFormat=something", ".mp4")]
    [InlineData("ruby video_to_hdr", ".mp4")]
    [InlineData("ruby video_to_hdr outputFormat=hdr_prores", ".mov")]
    [InlineData("gen4_image text_to_image", ".png")]
    [InlineData("muse_image text_to_image outputFormat=webp", ".webp")]
    [InlineData("seedream5_pro text_to_image outputFormat=jpeg", ".jpg")]
    [InlineData("eleven_v3 text_to_speech", ".mp3")]
    [InlineData("seed_audio sound_effect outputFormat=ogg_opus", ".ogg")]
    public void The_extension_follows_the_output_format(string row, string extension)
    {
        var words = row.Split(' ', 3);
        var request = new PricedRequest($"? {words[1]} {words[0]} {(words.Length > 2 ? words[2] : "")}");

        Assert.Equal(extension, ModelCatalogue.BuiltIn.Find(request.Model)?.On(request.Endpoint)?.Extension(request.Body));
    }

    [Theory]
    [InlineData("gen4.5 promptImage", "OneOf")]
    [InlineData("gen4.5 promptImage/0/uri", "Media")]
    [InlineData("gen4.5 duration", "Integer")]
    [InlineData("seedance2 duration", "OneOf")]
    [InlineData("gen4.5 contentModeration/publicFigureThreshold", "Text")]
    [InlineData("gen4.5 nonsense", null)]
    [InlineData("gen4.5 duration/0", null)]
    public void A_field_is_found_by_its_path(string row, string? kind)
    {
        var words = row.Split(' ');

        Assert.Equal(kind, ModelCatalogue.BuiltIn.Find(words[0])?.On("image_to_video")?.Rule(words[1].Split('/'))?.Kind.ToString());
    }

    [Fact]
    public void Conditions_name_values_their_fields_take()
    {
        var wrong =
            from variant in Variants
            let conditions = (variant.Price?.Parts ?? []).SelectMany(part => part.Rates).SelectMany(rate => rate.When)
                .Concat(variant.Rules.SelectMany(rule => rule.When.Concat(rule.Need)))
            from condition in conditions
            where condition.Values.Count > 0
            let taken = Choices(variant.Body.At(condition.Path.Split('/'))).ToList()
            from value in condition.Values
            where taken.Count > 0 && !IsShared(variant, condition, value) && !taken.Any(choice => JsonValues.Same(choice, value))
            select $"{variant.Model} {variant.Endpoint} {condition.Path}: {value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_price_ends_in_a_rate_that_always_applies()
    {
        var open = Variants
            .Where(variant => (variant.Price?.Parts ?? []).Any(part => part.Rates.Count == 0 || part.Rates[^1].When.Count > 0))
            .Select(variant => $"{variant.Model} {variant.Endpoint}");

        Assert.Empty(open);
    }

    [Fact]
    public void Defaults_are_values_their_fields_take()
    {
        var wrong =
            from variant in Variants
            from field in variant.Body.Fields
            where JsonValues.Text(field.Default) is not null
            let choices = Choices(field).ToList()
            where choices.Count > 0 && !choices.Any(choice => JsonValues.Same(choice, field.Default))
            select $"{variant.Model} {variant.Endpoint} {field.Name}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_in_a_body_s_cases_is_a_model_the_catalogue_lacks() =>
        Assert.All(BodyCases.All(), body => Assert.NotNull(ModelCatalogue.BuiltIn.Find($"{body.Body["model"]}")?.On(body.Endpoint)));

    // gen4.5 makes other ratios from text, and one price speaks of both.
    static bool IsShared(ModelVariant variant, Condition condition, System.Text.Json.Nodes.JsonNode value) =>
        Variants.Any(other => other.Model == variant.Model
            && Choices(other.Body.At(condition.Path.Split('/'))).Any(choice => JsonValues.Same(choice, value)));

    static IEnumerable<System.Text.Json.Nodes.JsonNode> Choices(FieldRule? rule) =>
        rule is null ? [] : rule.Choices.Concat(rule.Alternatives.SelectMany(Choices));
}
