using System.Globalization;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>
/// Requests at random, as one would write them in a manifest: every way a model is priced, with durations, ratios,
/// resolutions and media. Written by hand from Runway's lists, not from the catalogue.
/// </summary>
static class Arms
{
    const string Image = "promptImage: hero.png";

    /// <summary>Fields that go with a prompt.</summary>
    public static string Prompted(Draws draws) => draws.Below(22) switch
    {
        0 => $"model: gen4_turbo, {Image}, ratio: {Wide(draws)}, duration: {draws.From(2, 10)}",
        1 => $"model: gen4.5, ratio: {Wide(draws)}, duration: {draws.From(2, 10)}{Master(draws)}",
        2 => $"model: gen4.5, {Image}, ratio: {draws.One("\"1584:672\"", "\"960:960\"")}, duration: {draws.From(2, 10)}{Master(draws)}",
        3 => $"model: {draws.One("veo3.1", "veo3.1_fast")}, ratio: {Wide(draws)}, duration: {draws.One(4, 6, 8)}{Sound(draws)}",
        4 => $"model: {draws.One("veo3.1", "veo3.1_fast")}, {Image}, ratio: \"1920:1080\", duration: {draws.One(4, 6, 8)}{Sound(draws)}",
        5 => $"model: seedance2, ratio: {draws.One("\"1280:720\"", "\"864:496\"", "\"1920:1080\"", "\"3840:2160\"")}, duration: {draws.From(4, 15)}",
        6 => $"model: {draws.One("seedance2_fast", "seedance2_mini")}, ratio: \"1280:720\", duration: {draws.From(4, 15)}",
        7 => $"model: {draws.One("seedance2", "seedance2_5", "seedance2_mini")}, {Image}, ratio: \"1280:720\", duration: auto",
        8 => $"model: seedance2_5, ratio: {draws.One("\"1280:720\"", "\"854:480\"", "\"1920:1080\"")}, duration: {draws.From(4, 30)}",
        9 => $"model: seedance2_5, promptVideo: {Video(draws)}, ratio: {draws.One("\"1280:720\"", "\"854:480\"")}, duration: {draws.From(4, 30)}",
        10 => $"model: hailuo3, duration: {draws.From(5, 15)}{Resolution(draws, "768p", "2k")}{References(draws)}",
        11 => $"model: hailuo3, promptVideo: {Video(draws)}, duration: {draws.From(5, 15)}{Resolution(draws, "768p", "2k")}",
        12 => $"model: h3_max, duration: {draws.From(1, 12)}, resolution: {draws.One("480p", "768p")}",
        13 => $"model: happyhorse_1_0, duration: {draws.From(3, 15)}, ratio: {draws.One("\"1280:720\"", "\"1920:1080\"")}",
        14 => $"model: happyhorse_1_0, {Image}, duration: {draws.From(3, 15)}{Resolution(draws, "720p", "1080p")}",
        15 => $"model: grok_imagine_1_5, duration: {draws.From(1, 15)}{Resolution(draws, "480p", "720p")}{References(draws)}",
        16 => $"model: gemini_omni_flash, duration: {draws.From(3, 10)}{(draws.Once(2) ? ", " + Image : "")}",
        17 => $"model: gemini_omni_flash, videoUri: {Video(draws)}{References(draws)}",
        18 => $"model: wan3, ratio: {draws.One("\"832:480\"", "\"1280:720\"", "\"1080:1920\"")}, duration: {draws.From(2, 30)}",
        19 => $"model: aleph2, videoUri: {Video(draws)}{(draws.Once(2) ? ", outputFormat: prores" : "")}",
        20 => Still(draws),
        _ => Voice(draws),
    };

    /// <summary>Fields of models that take no prompt.</summary>
    public static string Silent(Draws draws) => draws.Below(7) switch
    {
        0 => $"model: act_two, character: {{ type: image, uri: hero.png }}, reference: {{ type: video, uri: {Video(draws)} }}",
        1 => $"model: ruby, videoUri: {Video(draws)}",
        2 => $"model: enhance_frame_rate, videoUri: {Video(draws)}, targetFramerate: \"60\"",
        3 => $"model: magnific_video_upscaler_creative, videoUri: {Video(draws)}{Resolution(draws, "720p", "4k")}",
        4 => $"model: magnific_precision_upscaler_v2, imageUri: {draws.One("hero.png", "small.png")}, scaleFactor: {draws.One(2, 4, 8)}",
        5 => $"model: eleven_voice_isolation, audioUri: voice.wav",
        _ => $"model: eleven_voice_dubbing, audioUri: voice.wav, targetLang: es",
    };

    static string Still(Draws draws) => draws.Below(6) switch
    {
        0 => $"model: gen4_image, ratio: {draws.One("\"1280:720\"", "\"1920:1080\"")}",
        1 => "model: gen4_image_turbo, ratio: \"1280:720\", referenceImages: [ { uri: hero.png } ]",
        2 => $"model: gpt_image_2, ratio: {draws.One("\"1920:1088\"", "\"3840:2160\"")}, quality: {draws.One("low", "medium", "high")}, outputCount: {draws.From(1, 4)}",
        3 => $"model: gemini_image3_pro, ratio: {draws.One("\"1024:1024\"", "\"4096:4096\"")}, outputCount: {draws.One(1, 4)}",
        4 => $"model: seedream5_lite, ratio: \"2048:2048\", outputCount: {draws.From(1, 4)}",
        _ => $"model: grok_imagine_image_2, ratio: \"1024:1024\", quality: {draws.One("low", "medium")}, outputCount: {draws.From(1, 4)}",
    };

    static string Voice(Draws draws) => draws.One(
        "model: eleven_multilingual_v2, voice: { type: runway-preset, presetId: Maya }",
        "model: eleven_v3, voice: { type: runway-preset, presetId: Maya }",
        "model: eleven_text_to_sound_v2",
        string.Create(CultureInfo.InvariantCulture, $"model: eleven_text_to_sound_v2, duration: {draws.From(1, 30)}"));

    static string Wide(Draws draws) => draws.One("\"1280:720\"", "\"720:1280\"");

    static string Video(Draws draws) => draws.One("short.mp4", "long.mp4");

    static string Sound(Draws draws) => draws.One("", ", audio: true", ", audio: false");

    static string Master(Draws draws) => draws.One("", "", ", outputFormat: prores", ", outputFormat: hdr10");

    static string Resolution(Draws draws, string low, string high) => draws.One("", $", resolution: {low}", $", resolution: {high}");

    static string References(Draws draws) =>
        draws.Below(4) is > 0 and var count ? $", references: [ {string.Join(", ", Enumerable.Repeat("{ uri: hero.png }", count))} ]" : "";
}
