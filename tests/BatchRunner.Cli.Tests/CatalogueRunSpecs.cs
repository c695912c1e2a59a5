using BatchRunner.Cli.Tests.Support;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

/// <summary>Models out of the ordinary, from the manifest to the clip.</summary>
public sealed class CatalogueRunSpecs
{
    [Fact]
    public async Task A_retired_model_is_warned_of_and_still_runs_against_a_server_that_has_it()
    {
        await using var typed = new Desk();
        await File.WriteAllBytesAsync(typed.Folder["hero.png"], MediaBytes.Png(1280, 768), TestContext.Current.CancellationToken);
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            image: hero.png
            request: { model: gen3a_turbo, ratio: "1280:768", duration: 5 }
            limits: { max_credits: 75, attempts: 1 }
            """);

        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate", "--time-scale", "200"));

        Assert.Contains("BR0511: warning: `gen3a_turbo` was retired on 2026-07-30", typed.Errors, StringComparison.Ordinal);
        Assert.Contains("use `gen4_turbo`", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(typed.Folder["out/ads.simulated"], "*.mp4").Length);

        // Beyond the simulator it is the server that decides.
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        Assert.Contains("3 of 3 jobs done", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_a_newer_catalogue_is_simulated_by_that_catalogue()
    {
        await using var typed = new Desk();
        typed.Folder.Write("models.json", """
            {
              "date": "2026-11-20", "source": "a test",
              "models": {
                "gen9": {
                  "output": "video",
                  "fields": {
                    "promptText": { "type": "text" },
                    "ratio": { "type": "text", "values": ["1280:720"] },
                    "duration": { "type": "integer", "range": [2, 10] }
                  },
                  "price": { "parts": [{ "per": "second", "of": "duration", "credits": 7 }] },
                  "endpoints": { "text_to_video": {} }
                }
              }
            }
            """);
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            request: { model: gen9, ratio: "1280:720", duration: 2 }
            limits: { max_credits: 42, attempts: 1 }
            """);

        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate", "--time-scale", "200", "--models", "models.json"));

        Assert.Contains("42 credits ($0.42) spent", typed.Errors, StringComparison.Ordinal);
    }
}
