namespace BatchRunner.Catalogue;

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
