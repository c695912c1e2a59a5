using System.Diagnostics;
using BatchRunner.Catalogue;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>Files a real encoder wrote, where there is one.</summary>
public sealed class WrittenMediaSpecs
{
    [Theory]
    [InlineData("a.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac", "video/mp4", true)]
    [InlineData("a.mov", "-c:v libx264 -pix_fmt yuv420p -movflags +faststart", "video/quicktime", true)]
    [InlineData("a.mkv", "-c:v libx264 -pix_fmt yuv420p", "video/x-matroska", true)]
    [InlineData("a.m4a", "-vn -c:a aac", "audio/mp4", false)]
    [InlineData("sound.mp4", "-vn -c:a aac", "audio/mp4", false)]
    [InlineData("a.wav", "-vn", "audio/wav", false)]
    [InlineData("a.flac", "-vn", "audio/flac", false)]
    public async Task A_file_is_measured_as_it_was_made(string name, string options, string type, bool isVideo)
    {
        using var folder = new TempFolder();
        if (!await Encode(folder[name], options))
        {
            Assert.Skip("ffmpeg is not installed");
        }

        await using var stream = File.OpenRead(folder[name]);
        var facts = MediaProbe.Read(stream);

        Assert.Equal(type, facts.ContentType);
        Assert.Equal(isVideo ? 320 : null, facts.Width);
        Assert.Equal(isVideo ? 180 : null, facts.Height);
        Assert.Equal(isVideo ? 25 : null, facts.FrameRate);
        Assert.InRange(facts.Seconds ?? 0, 2m, 2.1m);
    }

    static async Task<bool> Encode(string path, string options)
    {
        if (Tools.Find("ffmpeg") is not { } ffmpeg)
        {
            return false;
        }

        var start = new ProcessStartInfo(ffmpeg)
        {
            Arguments = "-v error -y -f lavfi -i testsrc=size=320x180:rate=25:duration=2 -f lavfi -i sine=duration=2 " + $"{options} \"{path}\"",
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException(ffmpeg);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? true : throw new InvalidOperationException($"ffmpeg ended with {process.ExitCode}");
    }
}
