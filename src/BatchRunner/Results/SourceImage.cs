using System.Text.Json;
using BatchRunner.Expansion;

namespace BatchRunner.Results;

/// <summary>What a job starts from, for people: a path below the manifest's folder, or a URL without its signature.</summary>
static class SourceImage
{
    static readonly string[] Fields = ["promptImage", "videoUri", "promptVideo", "character", "image"];

    /// <summary>The image or video, or null if there is none.</summary>
    public static string? Of(JobSpec job, string folder)
    {
        if (job.Inputs.FirstOrDefault(input => input.FullPath is not null) is { FullPath: { } path })
        {
            return Path.GetRelativePath(folder, path).Replace('\\', '/');
        }

        var text = job.Request;
        if (!Array.Exists(Fields, field => text.Contains(field, StringComparison.Ordinal)))
        {
            return null;
        }

        using var request = JsonDocument.Parse(text);
        foreach (var field in Fields)
        {
            if (request.RootElement.TryGetProperty(field, out var value) && Text(value) is { } shown)
            {
                return shown.StartsWith("sha256:", StringComparison.Ordinal) ? "a file" : shown.Split('?')[0];
            }
        }

        return null;
    }

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Select(Text).FirstOrDefault(text => text is not null),
        JsonValueKind.Object when value.TryGetProperty("uri", out var uri) => Text(uri),
        _ => null,
    };
}
