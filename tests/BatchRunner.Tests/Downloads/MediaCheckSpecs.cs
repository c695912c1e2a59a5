using BatchRunner.Downloads.Formats;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Downloads;

public sealed class MediaCheckSpecs : IDisposable
{
    static readonly Dictionary<string, (byte[] Bytes, string Extension)> Whole = new()
    {
        ["MP4"] = (Samples.Mp4, ".mp4"),
        ["MP4 with a large box"] = (Samples.LargeBoxMp4, ".mp4"),
        ["QuickTime"] = (Samples.Mov, ".mov"),
        ["AVIF"] = (Samples.Avif, ".avif"),
        ["PNG"] = (Samples.Png, ".png"),
        ["JPEG"] = (Samples.Jpeg, ".jpg"),
        ["GIF"] = (Samples.Gif, ".gif"),
        ["WebP"] = (Samples.WebP, ".webp"),
        ["WAV"] = (Samples.Wav, ".wav"),
        ["MP3"] = (Samples.Mp3, ".mp3"),
        ["ZIP"] = (Samples.Zip, ".zip"),
    };

    readonly TempFolder folder = new();

    public static TheoryData<string> Formats => [.. Whole.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_whole_file_is_whole(string format)
    {
        var (bytes, extension) = Whole[format];

        Assert.Equal(new MediaVerdict(extension, null), Check(bytes, extension));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_cut_at_any_byte_is_not_whole(string format)
    {
        var (bytes, extension) = Whole[format];

        for (var length = 0; length < bytes.Length; length++)
        {
            // Sound may end after any of its frames.
            var isWholeToo = format == "MP3" && length > 12 && (length - 12) % 96 == 0;
            Assert.Equal(isWholeToo, Check(bytes[..length], extension).Problem is null);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_goes_on_after_its_end_is_not_whole(string format)
    {
        var (bytes, extension) = Whole[format];

        Assert.NotNull(Check([.. bytes, 0], extension).Problem);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_is_called_what_it_is(string format)
    {
        var (bytes, extension) = Whole[format];

        Assert.Equal(extension, Check(bytes, ".xyz").Extension);
    }

    [Fact]
    public void Names_that_mean_the_same_are_kept()
    {
        Assert.Equal(".jpeg", Check(Samples.Jpeg, ".jpeg").Extension);
        Assert.Equal(".M4V", Check(Samples.Mp4, ".M4V").Extension);
        Assert.Equal(".mov", Check(Samples.Mov, ".mp4").Extension);
        Assert.Equal(".mp4", Check(Samples.Mp4, ".mov").Extension);
    }

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { ".mp4", "<html>sorry</html>"u8.ToArray(), "the output does not begin like a `.mp4` file" },
        { ".mp4", """{"error":"gone"}"""u8.ToArray(), "the output does not begin like a `.mp4` file" },
        { ".mp4", new byte[64], "the output does not begin like a `.mp4` file" },
        { ".mp4", [], "the output is empty" },
        { ".mp4", Samples.Mp4[..^3], "the output is not a whole MP4: 3 bytes of its `mdat` are missing" },
        { ".mp4", [.. Samples.Box("ftyp", "isom"), .. Samples.Box("mdat", "x")], "the output is not a whole MP4: it has no `moov`" },
        { ".mp4", [.. Samples.Box("ftyp", "isom"), .. Samples.Box("moov", "x")], "the output is not a whole MP4: it has no `mdat`" },
        { ".mp4", [.. Samples.Box("moov", "x"), .. Samples.Box("mdat", "x")], "the output is not a whole MP4: it has no `ftyp`" },
        { ".mp4", [.. Samples.Box("ftyp", "isom"), 0, 0, 0, 7, .. "moov"u8], "the output is not a whole MP4: a box has no length that is possible at byte 12" },
        { ".mp4", [.. Samples.Box("ftyp", "isom"), 0, 0, 0, 1, .. "mdat"u8, 255, 255, 255, 255, 255, 255, 255, 255],
            "the output is not a whole MP4: a box has no length that is possible at byte 12" },
        { ".mp4", [.. Samples.Box("ftyp", "isom"), 0, 0, 0, 9, 0, 0, 0, 1, 1], "the output is not a whole MP4: there is no box at byte 12" },
        { ".mp4", Samples.OpenEndedMp4, "the output is not a whole MP4: its `mdat` has no length, and the server gave none" },
        { ".png", [.. Samples.Png[..^1]], "the output is not a whole PNG: it ends in the middle of a chunk" },
        { ".wav", [.. Samples.Wav, 1, 2], "the output is not a whole WAV: it has 22 bytes, but its head says 20" },
        { ".zip", [.. Samples.Zip[..^5]], "the output is not a whole ZIP: it has no end of its directory" },
        { ".mp3", [.. Samples.Mp3, .. new byte[9]], "the output is not a whole MP3: there is no frame where the next one should be" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_said(string extension, byte[] bytes, string expected) =>
        Assert.Equal(expected, Check(bytes, extension).Problem);

    [Fact]
    public void A_box_without_length_is_believed_when_the_server_said_where_it_ends() =>
        Assert.Null(Check(Samples.OpenEndedMp4, ".mp4", isFramed: true).Problem);

    [Theory]
    [InlineData("video/x-matroska", true, null)]
    [InlineData("application/octet-stream", true, null)]
    [InlineData("video/x-matroska", false, "the server did not say where the output ends")]
    [InlineData("text/html", true, "the output does not begin like a `.mkv` file")]
    [InlineData(null, true, "the output does not begin like a `.mkv` file")]
    public void A_format_we_can_t_walk_is_believed_if_all_else_is_well(string? contentType, bool isFramed, string? expected) =>
        Assert.Equal(expected, Check([0x1a, 0x45, 0xdf, 0xa3, 1, 2], ".mkv", isFramed, contentType).Problem);

    [Fact]
    public void Sound_after_sound_and_a_tag_at_the_end_are_whole() =>
        Assert.Null(Check([.. Samples.Mp3, .. "TAG"u8, .. new byte[125]], ".mp3").Problem);

    [Fact]
    public void A_comment_at_the_end_of_an_archive_is_allowed()
    {
        var zip = Samples.Zip;
        byte[] withComment = [.. zip[..^2], 3, 0, .. "abc"u8];

        Assert.Null(Check(withComment, ".zip").Problem);
    }

    [Fact]
    public void Millions_of_tiny_boxes_end_early()
    {
        byte[] tiny = [0, 0, 0, 8, .. "free"u8];
        var bytes = Enumerable.Repeat(tiny, 200_000).SelectMany(box => box).ToArray();

        Assert.Equal("the output is not a whole MP4: it has too many boxes", Check(bytes, ".mp4").Problem);
    }

    [Fact]
    public void Looking_through_one_file_more_takes_no_window_more()
    {
        const int Files = 100;
        Check(Samples.Mp4, ".mp4");
        using var handle = File.OpenHandle(folder["file"]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Files; i++)
        {
            MediaCheck.Of(handle, Samples.Mp4.Length, isFramed: true, "video/mp4", ".mp4");
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Files, 0, FileView.WindowBytes / 16);
    }

    MediaVerdict Check(byte[] bytes, string extension, bool isFramed = false, string? contentType = "video/mp4")
    {
        File.WriteAllBytes(folder["file"], bytes);
        using var handle = File.OpenHandle(folder["file"]);
        return MediaCheck.Of(handle, bytes.Length, isFramed, contentType, extension);
    }
}
