using BatchRunner.Catalogue;

namespace BatchRunner.Tests.Catalogue;

/// <summary>The catalogue in words, for `models` and `models NAME`.</summary>
public sealed class DescriptionSpecs
{
    [Theory]
    [InlineData("gen4.5 text_to_video", "video | 12 to 32 a second | whole number, 2 to 10 | 1280:720 720:1280 | ")]
    [InlineData("gen4_turbo image_to_video", "video | 5 a second | whole number, 2 to 10 | 1280:720 720:1280 1104:832 960:960 832:1104 1584:672 | ")]
    [InlineData("veo3.1 text_to_video", "video | 20 to 40 a second | 4 6 8 | 1280:720 720:1280 1080:1920 1920:1080 | ")]
    [InlineData("aleph2 video_to_video", "video | 28 to 68 a second of `videoUri`, at least 56 |  | 16:9 4:3 3:2 1:1 2:3 3:4 9:16 21:9 | ")]
    [InlineData("act_two character_performance", "video | 5 a second of `reference.uri` |  | 1280:720 720:1280 1104:832 960:960 832:1104 1584:672 | ")]
    [InlineData("grok_imagine_image_2 text_to_image", "image | 4 to 8 an image + 1 for each in `referenceImages`, at least 6 |  | 1024:1024 1280:720 720:1280 1152:864 864:1152 1248:832 832:1248 1248:576 576:1248 1280:576 576:1280 1408:704 704:1408 auto_1k 2048:2048 2816:1584 1584:2816 2368:1776 1776:2368 2496:1664 1664:2496 2912:1344 1344:2912 3200:1440 1440:3200 2912:1456 1456:2912 auto_2k | ")]
    [InlineData("magnific_video_upscaler_creative video_upscale", "video | 0.7 to 1.2 a frame of `videoUri`, at least 1 |  | 720p 1k 2k 4k | ")]
    [InlineData("eleven_v3 text_to_speech", "audio | 1 every 50 characters of `promptText`, at least 1 |  |  | ")]
    [InlineData("seed_audio sound_effect", "audio | not published |  |  | ")]
    [InlineData("gen3a_turbo image_to_video", "video | 5 a second | 5 10 | 768:1280 1280:768 | gen4_turbo")]
    public void A_model_on_an_endpoint_is_one_line(string name, string expected)
    {
        var row = Assert.Single(ModelDescription.Rows(ModelCatalogue.BuiltIn), row => $"{row.Model} {row.Endpoint}" == name);

        Assert.Equal(expected, $"{row.Makes} | {row.Price} | {row.Duration} | {row.Ratio} | {row.Retired?.UseInstead}");
    }

    [Fact]
    public void One_model_is_told_in_full()
    {
        var model = ModelCatalogue.BuiltIn.Find("aleph2");
        Assert.NotNull(model);

        var sheet = Assert.Single(ModelDescription.Sheets(model));

        Assert.Equal(("video_to_video", "video", ".mp4", true), (sheet.Endpoint, sheet.Makes, sheet.Extension, sheet.RefusesUnknownFields));
        Assert.Equal(
            [
                "28 a second of `videoUri`",
                "0 a second of `videoUri` if `outputFormat` is `mp4`",
                "5 a second of `videoUri` if `outputFormat` is `prores` or `png_sequence`",
                "40 a second of `videoUri` if `videoUri` is larger than 4000000 pixels",
                "20 a second of `videoUri` otherwise",
                "at least 56",
            ],
            sheet.Price);
        Assert.Equal(["if `proresProfile` is given, `outputFormat` must be `prores`"], sheet.Rules);
        Assert.Equal(
            [
                "videoUri* video, 2 to 30 seconds, at most 30 frames a second",
                "promptText text, 1 to 1000 characters",
                "keyframes list, 1 to 5",
                "keyframes[].uri* image",
                "keyframes[].seconds* number, 0 to 30",
                "keyframes[].range object",
                "keyframes[].range.start_seconds* whole number, at least 0",
                "keyframes[].range.end_seconds* whole number, at least 1",
                "keyframes[].at* number, 0 to 1",
                "targetAspectRatio 16:9 4:3 3:2 1:1 2:3 3:4 9:16 21:9",
                "ratio text",
                "seed whole number, 0 to 4294967295",
                "contentModeration object",
                "contentModeration.publicFigureThreshold auto low (auto)",
                "outputFormat mp4 prores png_sequence sdr_rec709_10bit (mp4)",
                "proresProfile 422 4444 422 Proxy 422 LT 422 HQ 4444 XQ",
            ],
            sheet.Fields.Select(field => $"{field.Path}{(field.IsRequired ? "*" : "")} {field.Takes}" + (field.Usual is { } usual ? $" ({usual})" : "")));
    }

    [Fact]
    public void What_is_less_than_official_is_marked()
    {
        var wan = ModelCatalogue.BuiltIn.Find("wan3");
        Assert.NotNull(wan);

        var sheet = ModelDescription.Sheets(wan)[0];

        Assert.Equal("3p", sheet.PriceMark);
        Assert.Equal("3p", Assert.Single(sheet.Fields, field => field.Path == "duration").Mark);
    }
}
