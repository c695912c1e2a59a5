using System.Globalization;
using System.IO.Compression;
using BatchRunner.Simulator.Media;
using BatchRunner.Simulator.Media.Pictures;
using BatchRunner.Simulator.Tests.Support;
using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests.Media;

public sealed class OutputFileSpecs
{
    const string Task = "4c09a858-0000-4000-8000-000000000000";
    const string OtherTask = "4c09a858-0000-4000-8000-000000000001";

    [Theory]
    [InlineData(1280, 720, 5, ".mp4")]
    [InlineData(720, 1280, 2, ".mp4")]
    [InlineData(1104, 832, 3, ".mp4")]
    [InlineData(1584, 672, 10, ".mp4")]
    [InlineData(1662, 1248, 2, ".mp4")]
    [InlineData(992, 432, 2, ".mp4")]
    [InlineData(300, 302, 2, ".mp4")]
    [InlineData(640, 360, 3.3, ".mp4")]
    [InlineData(3840, 2160, 1, ".mp4")]
    [InlineData(960, 960, 4, ".mov")]
    public async Task A_video_has_the_size_and_length_that_were_asked_for_and_decodes_without_a_complaint(
        int width, int height, double seconds, string extension)
    {
        using var folder = new TempFolder();
        var path = folder[$"video{extension}"];
        await Write(path, new OutputPlan("video", extension, width, height, (decimal)seconds, 1, "a harbour at dawn"));

        var probed = await Ffmpeg.Probe(path);

        Assert.Equal((width, height, (int)Math.Ceiling(seconds * 24), (decimal)seconds, "h264"), probed);
        await Ffmpeg.Decode(path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(95)] // The end of a group of pictures predicted from one another: drift would show here.
    public async Task A_decoded_video_shows_the_picture_that_was_drawn(int frame)
    {
        using var folder = new TempFolder();
        var plan = new OutputPlan("video", ".mp4", 640, 360, 4, 1, "a harbour at dawn");
        await Write(folder["video.mp4"], plan);
        var scene = new Scene(Task, "gen4.5", plan, 0);
        var drawn = scene.NewPicture();
        scene.Draw(drawn, frame / 24.0);

        await Ffmpeg.Run(
            "ffmpeg", "-v", "error", "-i", folder["video.mp4"], "-vf", $@"select=eq(n\,{frame})",
            "-frames:v", "1", "-pix_fmt", "yuv420p", "-f", "rawvideo", folder["frame.yuv"]);
        var decoded = await File.ReadAllBytesAsync(folder["frame.yuv"], TestContext.Current.CancellationToken);

        var worst = Enumerable.Range(0, plan.Width * plan.Height).Max(pixel => Math.Abs(
            decoded[pixel] - scene.Palette[drawn.At(pixel % plan.Width / 4, pixel / plan.Width / 4)].Luma));
        Assert.InRange(worst, 0, 6);
    }

    [Theory]
    [InlineData("image", ".png", 1920, 1080, "png")]
    [InlineData("image", ".png", 2112, 912, "png")]
    [InlineData("image", ".jpg", 1360, 768, "mjpeg")]
    [InlineData("image", ".jpg", 1438, 810, "mjpeg")]
    [InlineData("image", ".webp", 1360, 768, "webp")]
    [InlineData("image", ".webp", 2351, 1009, "webp")]
    public async Task An_image_has_the_size_that_was_asked_for(string kind, string extension, int width, int height, string codec)
    {
        using var folder = new TempFolder();
        var path = folder[$"image{extension}"];
        await Write(path, new OutputPlan(kind, extension, width, height, 0, 1, "a harbour at dawn"));

        var probed = await Ffmpeg.Probe(path);

        Assert.Equal((width, height, codec), (probed.Width, probed.Height, probed.Codec));
        await Ffmpeg.Decode(path);
    }

    [Theory]
    [InlineData(".mp3", 3)]
    [InlineData(".wav", 2.5)]
    [InlineData(".ogg", 3.5)]
    public async Task A_sound_has_the_length_that_was_asked_for(string extension, double seconds)
    {
        using var folder = new TempFolder();
        var path = folder[$"sound{extension}"];
        await Write(path, new OutputPlan("audio", extension, 0, 0, (decimal)seconds, 1, "good morning"));

        var length = await Ffmpeg.Run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path);

        Assert.Equal(seconds, double.Parse(length, CultureInfo.InvariantCulture), 0.03);
        await Ffmpeg.Decode(path);
    }

    [Theory]
    [InlineData("video", ".mp4")]
    [InlineData("video", ".zip")]
    [InlineData("image", ".png")]
    [InlineData("image", ".jpg")]
    [InlineData("image", ".webp")]
    [InlineData("audio", ".mp3")]
    [InlineData("audio", ".wav")]
    [InlineData("audio", ".ogg")]
    public void The_same_task_gives_the_same_bytes_and_another_task_gives_others(string kind, string extension)
    {
        var plan = new OutputPlan(kind, extension, 320, 240, 2, 2, "a harbour at dawn");

        var first = OutputFile.Make(Task, "gen4.5", plan, 0);
        var again = OutputFile.Make(Task, "gen4.5", plan, 0);
        var other = OutputFile.Make(OtherTask, "gen4.5", plan, 0);

        Assert.Equal(first.Bytes, again.Bytes);
        Assert.Equal(first.ETag, again.ETag);
        Assert.NotEqual(first.ETag, other.ETag);
    }

    [Theory]
    [InlineData(".jpg", 4)]
    [InlineData(".webp", 0)]
    public async Task Every_format_shows_the_same_picture(string extension, int most)
    {
        using var folder = new TempFolder();
        var plan = new OutputPlan("image", ".png", 1360, 766, 0, 1, "a harbour at dawn");
        await Write(folder["image.png"], plan);
        await Write(folder[$"image{extension}"], plan with { Extension = extension });

        var wanted = await Pixels(folder, "image.png");
        var found = await Pixels(folder, $"image{extension}");

        Assert.Equal(wanted.Length, found.Length);
        Assert.InRange(Enumerable.Range(0, wanted.Length).Average(i => Math.Abs(wanted[i] - found[i])), 0, most);
    }

    [Theory]
    [InlineData(".png", "png")]
    [InlineData(".exr", "exr")]
    public async Task A_sequence_is_a_zip_of_stills(string stills, string codec)
    {
        using var folder = new TempFolder();
        await Write(folder["frames.zip"], new OutputPlan("video", ".zip", 640, 360, 1, 1, "a harbour") { Stills = stills });

        await ZipFile.ExtractToDirectoryAsync(folder["frames.zip"], folder["frames"], TestContext.Current.CancellationToken);

        Assert.Equal(24, Directory.GetFiles(folder["frames"]).Length);
        var probed = await Ffmpeg.Probe(folder[$"frames/frame_0024{stills}"]);
        Assert.Equal((640, 360, codec), (probed.Width, probed.Height, probed.Codec));
        await Ffmpeg.Decode(folder[$"frames/frame_0024{stills}"]);
    }

    [Fact]
    public void A_video_is_small_and_its_index_comes_first()
    {
        var file = OutputFile.Make(Task, "gen4.5", new OutputPlan("video", ".mp4", 1280, 720, 5, 1, "a harbour"), 0).Bytes;

        Assert.InRange(file.Length, 10_000, 150_000);
        Assert.True(file.AsSpan().IndexOf("moov"u8) < file.AsSpan().IndexOf("mdat"u8));
    }

    static async Task<byte[]> Pixels(TempFolder folder, string name)
    {
        await Ffmpeg.Run("ffmpeg", "-v", "error", "-i", folder[name], "-pix_fmt", "rgb24", "-f", "rawvideo", folder[$"{name}.raw"]);
        return await File.ReadAllBytesAsync(folder[$"{name}.raw"], TestContext.Current.CancellationToken);
    }

    static Task Write(string path, OutputPlan plan) =>
        File.WriteAllBytesAsync(path, OutputFile.Make(Task, "gen4.5", plan, 0).Bytes, TestContext.Current.CancellationToken);
}
