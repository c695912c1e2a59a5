using System.Text.Json;
using BatchRunner.Cli.Logs;
using BatchRunner.TestKit;
using Microsoft.Extensions.Logging;

namespace BatchRunner.Cli.Tests.Logs;

public sealed class RunLogSpecs : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_event_is_one_JSON_object_on_one_line()
    {
        var line = Write(log => log.LogInformation(new EventId(401, "Ordered"), "{Kind} of {Job}: {Count}", "submit", "a\nb", 3));

        Assert.Equal("information", line.GetProperty("level").GetString());
        Assert.Equal("submit of a\nb: 3", line.GetProperty("message").GetString());
        Assert.Equal(3, line.GetProperty("count").GetInt32());
        Assert.Equal(401, line.GetProperty("eventId").GetInt32());
        Assert.EndsWith("Z", line.GetProperty("at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_the_key_nor_what_signs_a_URL_is_ever_in_it()
    {
        Write(log => log.LogError(
            new InvalidOperationException("key_canary at https://cdn.example/a.mp4?_jwt=canary"),
            "asked {Url} with {Header}",
            new Uri("https://cdn.example/a.mp4?X-Amz-Signature=canary#canary"),
            "Bearer key_canary"));

        var text = File.ReadAllText(folder["log.jsonl"]);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.Contains("https://cdn.example/a.mp4?[secret]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_stops_nothing()
    {
        using var log = RunLog.Open("/proc/nowhere/at/all", null);

        log.For("Run").LogInformation("still here");
    }

    [Fact]
    public void A_full_disk_stops_nothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no device that is always full");
        File.CreateSymbolicLink(folder["log.jsonl"], "/dev/full");
        using var log = RunLog.Open(folder.FullPath, null);

        for (var line = 0; line < 1_000; line++)
        {
            log.For("Run").LogInformation("still here: {Text}", new string('x', 500));
        }
    }

    JsonElement Write(Action<ILogger> write)
    {
        using (var log = RunLog.Open(folder.FullPath, "key_canary"))
        {
            write(log.For("Run"));
        }

        return JsonDocument.Parse(Assert.Single(File.ReadAllLines(folder["log.jsonl"]))).RootElement;
    }
}
