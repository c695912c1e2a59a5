using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd.Support;

/// <summary>What ffprobe says of a clip.</summary>
sealed record Probe(int Width, int Height, double Seconds)
{
    /// <summary>ffprobe, or null where it is not installed and not required.</summary>
    public static string? Program { get; } = Tools.Find("ffprobe");

    public static async Task<Probe> Of(string path)
    {
        Assert.SkipWhen(Program is null, "ffprobe is not installed");
        var start = new ProcessStartInfo(Program ?? "ffprobe") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-v", "error", "-of", "json", "-show_format", "-show_streams", path })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("ffprobe did not start");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && errors.Length == 0, $"ffprobe refused {path}: {errors}");

        using var json = JsonDocument.Parse(await output);
        var video = json.RootElement.GetProperty("streams").EnumerateArray()
            .Single(stream => stream.GetProperty("codec_type").GetString() == "video");
        var seconds = json.RootElement.GetProperty("format").GetProperty("duration").GetString() ?? "";
        return new Probe(
            video.GetProperty("width").GetInt32(),
            video.GetProperty("height").GetInt32(),
            double.Parse(seconds, CultureInfo.InvariantCulture));
    }
}
