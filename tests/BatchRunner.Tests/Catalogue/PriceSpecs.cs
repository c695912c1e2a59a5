using BatchRunner.Catalogue;

namespace BatchRunner.Tests.Catalogue;

/// <summary>Prices, worked out by hand from Runway's price list; nothing here is taken from the catalogue.</summary>
public sealed class PriceSpecs
{
    const string Table = """
        # 12 a second; ProRes and PNG 5 more, deeper formats 20 more
        60   image_to_video gen4.5 duration=5 ratio=1280:720
        24   image_to_video gen4.5 duration=2 ratio=1280:720
        120  image_to_video gen4.5 duration=10 ratio=1584:672
        48   text_to_video gen4.5 duration=4 ratio=1280:720
        60   text_to_video gen4.5 duration=5 outputFormat=mp4
        85   text_to_video gen4.5 duration=5 outputFormat=prores
        170  text_to_video gen4.5 duration=10 outputFormat=png_sequence
        160  text_to_video gen4.5 duration=5 outputFormat=hdr10
        64   text_to_video gen4.5 duration=2 outputFormat=sdr_rec709_10bit
        320  text_to_video gen4.5 duration=10 outputFormat=hdr_exr_sequence
        ?duration text_to_video gen4.5

        # 5 a second
        25   image_to_video gen4_turbo duration=5 ratio=1280:720
        50   image_to_video gen4_turbo duration=10 ratio=720:1280
        10   image_to_video gen4_turbo duration=2
        ?duration image_to_video gen4_turbo ratio=1280:720

        # 28 a second of the input, at least 56; 5 and 20 more by format, 40 above 4 megapixels
        56   video_to_video aleph2 videoUri@2s,1920x1080
        56   video_to_video aleph2 videoUri@1s,1920x1080
        140  video_to_video aleph2 videoUri@5s,1280x720
        224  video_to_video aleph2 videoUri@7.3s,1280x720
        840  video_to_video aleph2 videoUri@
        330  video_to_video aleph2 videoUri@10s,1920x1080 outputFormat=prores
        480  video_to_video aleph2 videoUri@10s,1920x1080 outputFormat=sdr_rec709_10bit
        480  video_to_video aleph2 videoUri@10s,2560x1440 outputFormat=sdr_rec709_10bit
        680  video_to_video aleph2 videoUri@10s,3840x2160 outputFormat=sdr_rec709_10bit
        2040 video_to_video aleph2 videoUri@ outputFormat=sdr_rec709_10bit

        # 5 a second of the performance
        15   character_performance act_two character/type=image character/uri@ reference/uri@3s
        50   character_performance act_two character/type=image character/uri@ reference/uri@10s
        65   character_performance act_two character/type=image character/uri@ reference/uri@12.2s
        150  character_performance act_two character/type=image character/uri@ reference/uri@

        # 40 with sound, 20 without; the fast one 15 and 10
        320  text_to_video veo3.1 duration=8
        320  image_to_video veo3.1 duration=8 audio=true
        160  image_to_video veo3.1 duration=8 audio=false
        160  text_to_video veo3.1 duration=4
        120  text_to_video veo3.1 duration=6 audio=false
        ?duration text_to_video veo3.1
        120  text_to_video veo3.1_fast duration=8
        80   image_to_video veo3.1_fast duration=8 audio=false
        40   text_to_video veo3.1_fast duration=4 audio=false

        # 36 to 720p, 40 at 1080p, 150 at 4K; `auto` is charged as 15 seconds
        180  text_to_video seedance2 duration=5 ratio=1280:720
        360  text_to_video seedance2 duration=10 ratio=864:496
        200  image_to_video seedance2 duration=5 ratio=1920:1080
        750  video_to_video seedance2 duration=5 ratio=3840:2160 promptVideo@30s
        540  text_to_video seedance2 duration=auto ratio=960:960
        ?ratio text_to_video seedance2 duration=5
        ?duration text_to_video seedance2 ratio=1280:720
        116  text_to_video seedance2_fast duration=4
        435  image_to_video seedance2_fast duration=auto
        64   text_to_video seedance2_mini duration=4
        80   text_to_video seedance2_mini duration=5
        240  video_to_video seedance2_mini duration=auto promptVideo@

        # 20, 30, 68 and half of that for each second of input video, of which 30 count; at least 80
        390  text_to_video seedance2_5 duration=10 ratio=1280:720 referenceVideos*1 referenceVideos/0/uri@6s
        80   text_to_video seedance2_5 duration=4 ratio=854:480
        120  text_to_video seedance2_5 duration=4 ratio=720:1280
        150  text_to_video seedance2_5 duration=5
        900  text_to_video seedance2_5 duration=auto ratio=1280:720
        340  image_to_video seedance2_5 duration=5 ratio=1920:1080
        450  video_to_video seedance2_5 duration=5 ratio=1280:720 promptVideo@20s
        450  video_to_video seedance2_5 ratio=1280:720 promptVideo@20s
        600  video_to_video seedance2_5 duration=5 ratio=1280:720 promptVideo@
        140  video_to_video seedance2_5 duration=4 ratio=854:480 promptVideo@6s
        884  video_to_video seedance2_5 duration=8 mode=extend promptVideo@10s
        ?duration image_to_video seedance2_5 ratio=1280:720

        # 10 at 768p, 15 at 2k, which is usual; 2 for each reference image; input video as output, of which 15 seconds count
        75   text_to_video hailuo3 duration=5
        50   text_to_video hailuo3 duration=5 resolution=768p
        100  text_to_video hailuo3 duration=10 resolution=768P
        225  text_to_video hailuo3 duration=15 resolution=2k
        56   text_to_video hailuo3 duration=5 resolution=768p references*3
        81   image_to_video hailuo3 duration=5 promptImage*3
        300  video_to_video hailuo3 duration=5 promptVideo@20s
        90   video_to_video hailuo3 duration=5 resolution=768p promptVideo@4s
        ?duration text_to_video hailuo3 resolution=768p

        # 5 at 480p, 8 at 768p
        25   text_to_video h3_max duration=5 resolution=480p
        40   image_to_video h3_max duration=5 resolution=768p
        ?resolution text_to_video h3_max duration=5

        # 15 at 720p, 30 at 1080p
        75   text_to_video happyhorse_1_0 duration=5 ratio=1280:720
        150  text_to_video happyhorse_1_0 duration=5 ratio=1920:1080
        75   image_to_video happyhorse_1_0 duration=5
        90   image_to_video happyhorse_1_0 duration=3 resolution=1080p
        ?ratio text_to_video happyhorse_1_0 duration=5

        # 10, 16, 29, and 1 for each image or sound
        50   text_to_video grok_imagine_1_5 duration=5 resolution=480p
        150  text_to_video grok_imagine_1_5 duration=15
        80   text_to_video grok_imagine_1_5 duration=5 resolution=720p
        145  text_to_video grok_imagine_1_5 duration=5 resolution=1080p
        51   image_to_video grok_imagine_1_5 duration=5 promptImage@
        83   text_to_video grok_imagine_1_5 duration=5 resolution=720p references*2 referenceAudio*1

        # 10 and 1 for each image; of a video 11 for each of at most 10 seconds
        50   text_to_video gemini_omni_flash duration=5
        51   image_to_video gemini_omni_flash duration=5 promptImage@
        66   video_to_video gemini_omni_flash videoUri@6s
        110  video_to_video gemini_omni_flash videoUri@
        68   video_to_video gemini_omni_flash videoUri@6s references*2
        100  text_to_video gemini_omni_flash_1.1 duration=auto
        52   image_to_video gemini_omni_flash_1.1 duration=5 promptImage*2

        # 5, 10, 20; without a ratio the dearest
        25   text_to_video wan3 duration=5 ratio=832:480
        50   text_to_video wan3 duration=5 ratio=1280:720
        100  text_to_video wan3 duration=5 ratio=1080:1920
        100  text_to_video wan3 duration=5
        100  image_to_video wan3_prime duration=10 ratio=auto_720p

        # 20 a second, 40 above 4 megapixels
        200  video_to_hdr ruby videoUri@10s,1920x1080
        200  video_to_hdr ruby videoUri@10s,2560x1440
        400  video_to_hdr ruby videoUri@10s,3840x2160
        1200 video_to_hdr ruby videoUri@

        # half a credit a second
        5    video_upscale enhance_frame_rate videoUri@10s targetFramerate=60
        4    video_upscale enhance_frame_rate videoUri@7s targetFramerate=60
        150  video_upscale enhance_frame_rate videoUri@ targetFramerate=60

        # 0.7, 0.9 and 1.2 cents a frame, at least 1 credit
        210  video_upscale magnific_video_upscaler_creative videoUri@10s,30fps resolution=720p
        175  video_upscale magnific_video_upscaler_creative videoUri@10s,25fps resolution=1k
        270  video_upscale magnific_video_upscaler_creative videoUri@10s,30fps
        360  video_upscale magnific_video_upscaler_creative videoUri@10s,30fps resolution=4k
        1    video_upscale magnific_video_upscaler_creative videoUri@1s,1fps resolution=720p
        ?    video_upscale magnific_video_upscaler_creative videoUri@10s,30fps fpsBoost=true
        ?    video_upscale magnific_video_upscaler_creative videoUri@

        # 25 an image, 150 beyond 4096 pixels
        25   image_upscale magnific_precision_upscaler_v2 imageUri@1024x1024
        25   image_upscale magnific_precision_upscaler_v2 imageUri@1024x768 scaleFactor=4
        150  image_upscale magnific_precision_upscaler_v2 imageUri@1024x1024 scaleFactor=8
        150  image_upscale magnific_precision_upscaler_v2 imageUri@100x2049
        150  image_upscale magnific_precision_upscaler_v2 imageUri@

        # images
        5    text_to_image gen4_image ratio=1280:720
        8    text_to_image gen4_image ratio=1920:1080
        8    text_to_image gen4_image ratio=1024:1024 referenceImages*3
        2    text_to_image gen4_image_turbo ratio=1920:1080 referenceImages*1
        1    text_to_image muse_image ratio=auto
        4    text_to_image muse_image ratio=auto outputCount=4
        41   text_to_image gpt_image_2 ratio=auto
        410  text_to_image gpt_image_2 ratio=auto outputCount=10
        1    text_to_image gpt_image_2 ratio=1920:1088 quality=low
        2    text_to_image gpt_image_2 ratio=3840:2160 quality=low
        5    text_to_image gpt_image_2 ratio=2560:1440 quality=medium
        11   text_to_image gpt_image_2 ratio=auto quality=medium
        20   text_to_image gpt_image_2 ratio=2048:880 quality=high
        20   text_to_image gpt_image_2 ratio=2048:880 quality=auto
        41   text_to_image gpt_image_2 ratio=2880:2880 quality=auto
        ?    text_to_image gpt_image_2_5_flare ratio=auto
        4    text_to_image seedream5_lite ratio=2048:2048
        16   text_to_image seedream5_lite ratio=4704:2016 outputCount=4
        5    text_to_image seedream5_pro ratio=auto_1k
        9    text_to_image seedream5_pro ratio=2048:2048
        20   text_to_image gemini_image3_pro ratio=1024:1024
        20   text_to_image gemini_image3_pro ratio=2048:2048
        160  text_to_image gemini_image3_pro ratio=4096:4096 outputCount=4
        5    text_to_image gemini_2.5_flash ratio=1024:1024
        ?    text_to_image gemini_image3.1_flash ratio=512:512
        6    text_to_image grok_imagine_image_2 ratio=1024:1024
        6    text_to_image grok_imagine_image_2 ratio=1024:1024 quality=low
        8    text_to_image grok_imagine_image_2 ratio=1024:1024 quality=low outputCount=2
        26   text_to_image grok_imagine_image_2 ratio=auto_1k outputCount=4 referenceImages*2
        35   text_to_image grok_imagine_image_2 ratio=auto_2k outputCount=4 referenceImages*3

        # sound
        1    text_to_speech eleven_multilingual_v2 promptText#50
        2    text_to_speech eleven_multilingual_v2 promptText#51
        20   text_to_speech eleven_multilingual_v2 promptText#1000
        1    text_to_speech eleven_v3 promptText#1
        10   text_to_speech eleven_v3 promptText#500
        ?    text_to_speech seed_audio promptText#500
        2    sound_effect eleven_text_to_sound_v2 promptText#5
        10   sound_effect eleven_text_to_sound_v2 duration=10
        1    sound_effect eleven_text_to_sound_v2 duration=0.5
        2    voice_isolation eleven_voice_isolation audioUri@12s
        3    voice_isolation eleven_voice_isolation audioUri@12.1s
        ?    voice_isolation eleven_voice_isolation audioUri@
        30   voice_dubbing eleven_voice_dubbing audioUri@60s targetLang=es
        3    speech_to_speech eleven_multilingual_sts_v2 media/type=audio media/uri@9s
        4    speech_to_speech eleven_multilingual_sts_v2 media/type=video media/uri@10s

        # retired
        25   image_to_video gen3a_turbo duration=5
        50   image_to_video gen3a_turbo duration=10 ratio=768:1280
        75   video_to_video gen4_aleph videoUri@5s
        320  text_to_video veo3 duration=8
        20   video_upscale upscale_v1 videoUri@10s
        """;

    public static TheoryData<string> Rows =>
        [.. Table.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_request_costs_what_the_price_list_says(string row)
    {
        var request = new PricedRequest(row);
        var variant = ModelCatalogue.BuiltIn.Find(request.Model)?.On(request.Endpoint);
        Assert.NotNull(variant);

        var estimate = variant.Estimate(request.Body, request.Media);

        var found = estimate.Credits is { } credits ? JsonValues.Print(credits) : "?" + estimate.MissingField;
        Assert.True(request.Expected == found, $"{row}: {found} {estimate.Why}");
    }

    [Fact]
    public void The_table_is_long_enough_and_has_every_priced_model()
    {
        var requests = Rows.Select(row => new PricedRequest(row.Data)).ToList();
        var missing = ModelCatalogue.BuiltIn.Models
            .SelectMany(model => model.Variants)
            .Where(variant => variant.Price is not null)
            .Select(variant => variant.Model)
            .Except(requests.Select(request => request.Model));

        Assert.True(requests.Count >= 60, $"{requests.Count}");
        Assert.Empty(missing);
    }

    [Fact]
    public void What_stands_in_the_way_of_a_price_is_said()
    {
        var turbo = new PricedRequest("? image_to_video gen4_turbo ratio=1280:720");
        var seeds = new PricedRequest("? text_to_speech seed_audio promptText#5");
        var sound = new PricedRequest("? voice_isolation eleven_voice_isolation audioUri@");

        Assert.Equal("`duration` has no known default", Why(turbo));
        Assert.Equal("the catalogue has no price for `seed_audio` on `text_to_speech`", Why(seeds));
        Assert.Equal("the length of `audioUri` isn't known", Why(sound));
    }

    static string? Why(PricedRequest request) =>
        ModelCatalogue.BuiltIn.Find(request.Model)?.On(request.Endpoint)?.Estimate(request.Body, request.Media).Why;
}
