namespace BatchRunner.Runway;

/// <summary>What an upload is called: the API wants an extension; our user's file names are not its business.</summary>
static class MediaNames
{
    static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/jpg"] = ".jpg",
        ["image/webp"] = ".webp",
        ["video/mp4"] = ".mp4",
        ["video/quicktime"] = ".mov",
        ["video/x-matroska"] = ".mkv",
        ["video/webm"] = ".webm",
        ["video/3gpp"] = ".3gp",
        ["video/ogg"] = ".ogv",
        ["audio/mpeg"] = ".mp3",
        ["audio/wav"] = ".wav",
        ["audio/x-wav"] = ".wav",
        ["audio/flac"] = ".flac",
        ["audio/mp4"] = ".m4a",
        ["audio/aac"] = ".aac",
    };

    /// <summary>Such as `.png`, or null.</summary>
    public static string? ExtensionOf(string contentType) => Extensions.GetValueOrDefault(contentType);
}
