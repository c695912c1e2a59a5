using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Media;

namespace BatchRunner.Simulator.Models;

/// <summary>The files a request makes: their size is the one asked for, or that of the input.</summary>
static class OutputPlans
{
    /// <summary>The length of a video or sound nobody gave one.</summary>
    public const int UsualSeconds = 5;

    const int CharactersPerSecond = 15;
    const int LongestSide = 8_192;
    const int LongestTitle = 160;

    static readonly string[] Inputs =
    [
        "/videoUri", "/promptVideo", "/reference/uri", "/audioUri", "/media/uri", "/imageUri", "/promptImage",
        "/promptImage/0/uri",
    ];

    public static OutputPlan Of(ModelVariant variant, JsonObject body, Func<string, MediaFacts?> media)
    {
        var input = Inputs.Where(pointer => Has(body, pointer)).Select(media).FirstOrDefault(facts => facts is not null);
        var (width, height) = variant.OutputKind == "audio" ? (0, 0) : Size(variant, body, input);
        var title = JsonValues.Text(body["promptText"]) ?? "";
        return new OutputPlan(
            variant.OutputKind,
            variant.Extension(body),
            width,
            height,
            variant.OutputKind == "image" ? 0 : Seconds(variant, body, input),
            (int)(JsonValues.Number(body["outputCount"] ?? variant.Body.Field("outputCount")?.Default) ?? 1),
            title.Length <= LongestTitle ? title : title[..LongestTitle])
        {
            Stills = JsonValues.Text(body["outputFormat"])?.Contains("exr", StringComparison.Ordinal) == true ? ".exr" : ".png",
        };
    }

    static decimal Seconds(ModelVariant variant, JsonObject body, MediaFacts? input)
    {
        if (JsonValues.Number(body["duration"] ?? variant.Body.Field("duration")?.Default) is { } seconds)
        {
            return seconds;
        }

        if (variant.Endpoint == "text_to_speech")
        {
            return Math.Max(1, (JsonValues.Text(body["promptText"]) ?? "").Length / CharactersPerSecond);
        }

        return Math.Round(input?.Seconds ?? UsualSeconds, 3);
    }

    static (int Width, int Height) Size(ModelVariant variant, JsonObject body, MediaFacts? input)
    {
        var asked = JsonValues.Text(body["ratio"] ?? body["targetAspectRatio"] ?? variant.Body.Field("ratio")?.Default) ?? "";
        var resolution = JsonValues.Text(body["resolution"] ?? variant.Body.Field("resolution")?.Default);
        if (Parse(asked) is var (width, height))
        {
            return width >= 100 && height >= 100
                ? (width, height)
                : Scaled(width, height, Short(resolution ?? "720p"));
        }

        var (inputWidth, inputHeight) = (input?.Width ?? 1280, input?.Height ?? 720);
        if (JsonValues.Number(body["scaleFactor"] ?? variant.Body.Field("scaleFactor")?.Default) is { } factor)
        {
            return Scaled(inputWidth, inputHeight, (int)(Math.Min(inputWidth, inputHeight) * factor));
        }

        var wanted = asked.StartsWith("auto_", StringComparison.Ordinal) ? asked["auto_".Length..] : resolution;
        var keepsSize = wanted is null && variant.Endpoint.StartsWith("video_", StringComparison.Ordinal);
        return Scaled(inputWidth, inputHeight, keepsSize ? Math.Min(inputWidth, inputHeight) : Short(wanted ?? "720p"));
    }

    static (int Width, int Height)? Parse(string ratio) =>
        ratio.Split(':') is [var w, var h]
        && int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
        && width > 0 && height > 0
            ? (width, height)
            : null;

    // `720p` is the short side; the names are those of the catalogue.
    static int Short(string resolution) => resolution.ToLowerInvariant() switch
    {
        "1k" => 1080,
        "2k" => 1440,
        "4k" => 2160,
        var text when int.TryParse(text.TrimEnd('p'), NumberStyles.None, CultureInfo.InvariantCulture, out var side) => side,
        _ => 720,
    };

    // Even numbers, as every video needs them.
    static (int Width, int Height) Scaled(int width, int height, int shortSide)
    {
        var scale = Math.Min((double)shortSide / Math.Min(width, height), (double)LongestSide / Math.Max(width, height));
        return (Even(width * scale), Even(height * scale));
    }

    static int Even(double side) => Math.Max(16, (int)Math.Round(side / 2) * 2);

    static bool Has(JsonObject body, string pointer)
    {
        JsonNode? node = body;
        foreach (var step in pointer.Split('/').Skip(1))
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray { Count: > 0 } list when step == "0" => list[0],
                _ => null,
            };
        }

        return JsonValues.Text(node) is not null;
    }
}
