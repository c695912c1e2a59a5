using BatchRunner.Catalogue;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>The catalogue has the fields and values of the official SDK's types, and the windows of the documentation's page on inputs.</summary>
public sealed class SchemaSpecs
{
    [Fact]
    public void Fields_and_closed_sets_of_values_are_those_of_the_sdk()
    {
        var declared = CaseFile.Load("tests/BatchRunner.Tests/Catalogue/Cases", "schema").Prose
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToList();

        var known = ModelCatalogue.BuiltIn.Models.Where(model => model.Retired is null).SelectMany(model => model.Variants).SelectMany(Lines).ToList();

        Assert.Equal("", string.Join('\n', declared.Except(known)));
        Assert.Equal("", string.Join('\n', known.Except(declared)));
    }

    [Theory]
    [InlineData("gen4_turbo image_to_video promptImage", "0.5 2.358")]
    [InlineData("gen4_turbo image_to_video promptImage/0/uri", "0.5 2.358")]
    [InlineData("gen4.5 image_to_video promptImage", "0.5 2")]
    [InlineData("act_two character_performance character/uri", "0.5 2.358")]
    [InlineData("act_two character_performance reference/uri", "0.5 2.358 3-30s")]
    [InlineData("seedance2_5 image_to_video promptImage", "0.4 4")]
    [InlineData("seedance2_5 text_to_video references/0/uri", "0.4 4")]
    [InlineData("seedance2_5 video_to_video references/0/uri", "0.4 4")]
    [InlineData("seedance2 image_to_video promptImage/0/uri", "0.4 4")]
    [InlineData("seedance2_fast text_to_video references/0/uri", "0.4 4")]
    [InlineData("seedance2_mini video_to_video references/0/uri", "0.4 4")]
    [InlineData("hailuo3 image_to_video promptImage", "0.2 4")]
    [InlineData("hailuo3 text_to_video references/0/uri", "0.2 4")]
    [InlineData("hailuo3 video_to_video references/0/uri", "0.2 4")]
    [InlineData("veo3.1 image_to_video promptImage/1/uri", "0.5 2")]
    [InlineData("veo3.1_fast image_to_video promptImage", "0.5 2")]
    [InlineData("happyhorse_1_0 image_to_video promptImage", "0.55 1.8 300px")]
    [InlineData("gemini_omni_flash image_to_video promptImage", "0.5 2")]
    [InlineData("gemini_omni_flash video_to_video videoUri", "-10s")]
    [InlineData("gemini_2.5_flash text_to_image referenceImages/0/uri", "0.25 4")]
    [InlineData("h3_max image_to_video promptImage", "256px")]
    [InlineData("aleph2 video_to_video videoUri", "2-30s 30fps")]
    [InlineData("grok_imagine_1_5 text_to_video referenceAudio/0/uri", "3-15s")]
    [InlineData("magnific_video_upscaler_creative video_upscale videoUri", "-30s")]
    [InlineData("enhance_frame_rate video_upscale videoUri", "-300s")]
    [InlineData("ruby video_to_hdr videoUri", "-30s")]
    [InlineData("upscale_v1 video_upscale videoUri", "4095px -40s")]
    public void Media_have_the_documented_limits(string field, string expected)
    {
        var words = field.Split(' ');

        var limits = ModelCatalogue.BuiltIn.Find(words[0])?.On(words[1])?.Rule(words[2].Split('/'))?.AsMedia?.Limits;

        Assert.NotNull(limits);
        Assert.Equal(expected, Words(limits));
    }

    static string Words(MediaLimits limits)
    {
        string?[] words =
        [
            limits.MinAspect is null ? null : $"{limits.MinAspect} {limits.MaxAspect}",
            limits.MinSide is null ? null : $"{limits.MinSide}px",
            limits.MaxSide is null ? null : $"{limits.MaxSide}px",
            limits.MaxSeconds is null ? null : $"{limits.MinSeconds}-{limits.MaxSeconds}s",
            limits.MaxFrameRate is null ? null : $"{limits.MaxFrameRate}fps",
        ];
        return string.Join(' ', words.OfType<string>());
    }

    static IEnumerable<string> Lines(ModelVariant variant)
    {
        var fields = variant.Body.Fields.Where(field => field.Name != "model").ToList();
        var names = fields.Select(field => field.Name + (field.IsRequired ? "*" : "")).Order(StringComparer.Ordinal);
        yield return $"{variant.Endpoint} {variant.Model} has {string.Join(' ', names)}";
        foreach (var field in fields)
        {
            var choices = field.Choices.Concat(field.Alternatives.Where(one => one.Kind == FieldKind.Text).SelectMany(one => one.Choices)).ToList();
            if (choices.Count > 0)
            {
                yield return $"{variant.Endpoint} {variant.Model} {field.Name}: {string.Join(" | ", choices.Select(JsonValues.Print).Order(StringComparer.Ordinal))}";
            }
        }
    }
}
