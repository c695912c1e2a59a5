using BatchRunner.Catalogue.Probing;

namespace BatchRunner.Catalogue;

/// <summary>Says what a media file is by its bytes, never by its name; reads little, trusts no size in it, and never throws on what it finds.</summary>
static class MediaProbe
{
    /// <summary>Facts of a seekable stream, from its beginning; <see cref="MediaFacts.ContentType"/> is null for what it doesn't know.</summary>
    /// <exception cref="IOException">The stream itself can't be read.</exception>
    public static MediaFacts Read(Stream stream)
    {
        var window = new ByteWindow(stream);
        return (ImageHead.Read(window) ?? IsoMedia.Read(window) ?? OtherContainers.Read(window) ?? SoundHead.Read(window)
            ?? new MediaFacts(null, window.Length, null, null, null)) with { Bytes = window.Length };
    }

    /// <summary>The name under which the probe tells a type that has several, such as `image/jpg` or `audio/x-wav`; null if it has one.</summary>
    public static string? Plain(string type) => type switch
    {
        "image/jpg" => "image/jpeg",
        "audio/mp3" => "audio/mpeg",
        "audio/wave" or "audio/x-wav" => "audio/wav",
        "audio/x-flac" => "audio/flac",
        "audio/x-m4a" => "audio/mp4",
        "audio/x-aac" => "audio/aac",
        _ => null,
    };
}

/// <summary>What the bytes of a media file say.</summary>
/// <param name="ContentType">By its bytes, such as `image/png`; null: none the API takes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Width">Pixels, or null.</param>
/// <param name="Height">Pixels, or null.</param>
/// <param name="Seconds">Length of a video or sound, or null.</param>
sealed record MediaFacts(string? ContentType, long Bytes, int? Width, int? Height, decimal? Seconds)
{
    /// <summary>Frames a second of a video, or null.</summary>
    public decimal? FrameRate { get; init; }
}
