namespace BatchRunner.Downloads.Formats;

/// <summary>A kind of file whose end can be told from its bytes.</summary>
/// <param name="Name">For people.</param>
/// <param name="Extensions">The names it may have, the usual one first.</param>
/// <param name="FindProblem">Says why a file is not whole, or null; also given whether the server said where it ends.</param>
sealed record MediaFormat(string Name, string[] Extensions, Func<FileView, bool, string?> FindProblem)
{
    static readonly MediaFormat Mp4 = new("MP4", [".mp4", ".m4v"], Boxes.FindProblemInMovie);
    static readonly MediaFormat QuickTime = new("QuickTime file", [".mov", ".qt"], Boxes.FindProblemInMovie);
    static readonly MediaFormat Mp4Audio = new("MP4", [".m4a", ".mp4"], Boxes.FindProblemInMovie);
    static readonly MediaFormat Avif = new("AVIF", [".avif"], Boxes.FindProblemInImage);
    static readonly MediaFormat Heic = new("HEIC", [".heic", ".heif"], Boxes.FindProblemInImage);
    static readonly MediaFormat Png = new("PNG", [".png"], Images.FindProblemInPng);
    static readonly MediaFormat Jpeg = new("JPEG", [".jpg", ".jpeg"], Images.FindProblemInJpeg);
    static readonly MediaFormat Gif = new("GIF", [".gif"], Images.FindProblemInGif);
    static readonly MediaFormat WebP = new("WebP", [".webp"], Riff.FindProblem);
    static readonly MediaFormat Wav = new("WAV", [".wav"], Riff.FindProblem);
    static readonly MediaFormat Mp3 = new("MP3", [".mp3"], Mpeg.FindProblem);
    static readonly MediaFormat Zip = new("ZIP", [".zip"], Archive.FindProblem);

    static readonly MediaFormat[] All =
        [Mp4, QuickTime, Mp4Audio, Avif, Heic, Png, Jpeg, Gif, WebP, Wav, Mp3, Zip];

    /// <summary>A file of that name begins in a way we know, so one that does not is something else.</summary>
    public static bool IsKnown(string extension) =>
        Array.Exists(All, format => format.Extensions.Contains(extension.ToLowerInvariant()));

    /// <summary>By how the file begins, or null.</summary>
    public static MediaFormat? Of(FileView file) => file switch
    {
        _ when file.Has(0, [0x89, .. "PNG\r\n"u8, 0x1a, 0x0a]) => Png,
        _ when file.Has(0, [0xff, 0xd8, 0xff]) => Jpeg,
        _ when file.Has(0, "GIF8"u8) => Gif,
        _ when file.Has(0, "RIFF"u8) && file.Has(8, "WEBP"u8) => WebP,
        _ when file.Has(0, "RIFF"u8) && file.Has(8, "WAVE"u8) => Wav,
        _ when file.Has(0, "PK\u0003\u0004"u8) || file.Has(0, "PK\u0005\u0006"u8) => Zip,
        _ when file.Has(0, "ID3"u8) || Mpeg.IsFrame(file.At(0, 4)) => Mp3,
        _ when file.Has(4, "ftyp"u8) => OfBrand(file),
        _ when file.Has(4, "moov"u8) || file.Has(4, "mdat"u8) || file.Has(4, "wide"u8) || file.Has(4, "free"u8) => Mp4,
        _ => null,
    };

    static MediaFormat OfBrand(FileView file) => file switch
    {
        _ when file.Has(8, "qt  "u8) => QuickTime,
        _ when file.Has(8, "M4A "u8) => Mp4Audio,
        _ when file.Has(8, "avif"u8) || file.Has(8, "avis"u8) => Avif,
        _ when file.Has(8, "hei"u8) || file.Has(8, "mif1"u8) => Heic,
        _ => Mp4,
    };
}
