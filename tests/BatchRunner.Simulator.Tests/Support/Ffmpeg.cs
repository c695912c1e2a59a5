using System.Diagnostics;
using System.Globalization;
using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests.Support;

/// <summary>ffprobe and ffmpeg as judges of our files; without them a test is skipped, or fails where tools are required.</summary>
static class Ffmpeg
{
    /// <summary>Width, height, frames, seconds and codec of a file's first picture stream.</summary>
    public static async Task<(int Width, int Height, int Frames, decimal Seconds, string Codec)> Probe(string path)
    {
        var line = await Run(
            "ffprobe",
            "-v", "error", "-select_streams", "v", "-count_frames", "-of", "csv=p=0",
            "-show_entries", "stream=codec_name,width,height,nb_read_frames:format=duration", path);
        var fields = line.Split((char[])[',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return (
            Number(fields[1]),
            Number(fields[2]),
            Number(fields[3]),
            decimal.TryParse(fields[^1], CultureInfo.InvariantCulture, out var seconds) ? seconds : 0,
            fields[0]);
    }

    /// <summary>Decodes all of it; any complaint is an error.</summary>
    public static async Task Decode(string path) =>
        Assert.Equal("", await Run("ffmpeg", "-v", "error", "-xerror", "-i", path, "-f", "null", "-"));

    public static async Task<string> Run(string tool, params string[] arguments)
    {
        var found = Tools.Find(tool);
        Assert.SkipWhen(found is null, $"`{tool}` is not installed");
        var start = new ProcessStartInfo(found, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"`{tool}` did not start");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var complaints = await errors;

        Assert.True(process.ExitCode == 0, complaints);
        return output + complaints;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
