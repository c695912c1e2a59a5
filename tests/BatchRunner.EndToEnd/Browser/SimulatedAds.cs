using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd.Browser;

/// <summary>Six clips of two seconds, made once with `run --simulate`.</summary>
public sealed class SimulatedAds : IDisposable
{
    /// <summary>What the simulated account allows of this model at once.</summary>
    public const string Slots = "5";

    readonly TempFolder temp = new();
    readonly Lazy<Task<string>> run;

    public SimulatedAds() => run = new Lazy<Task<string>>(Make);

    /// <summary>The run's folder; nobody changes it.</summary>
    public Task<string> Run() => run.Value;

    public void Dispose() => temp.Dispose();

    async Task<string> Make()
    {
        temp.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen", bold: "{{ message.scene }} in rain" }
            variables: { message: data/messages.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            """);
        temp.Write("data/messages.csv", "id,scene\nm01,a window\nm02,a train table\nm03,a quiet desk\n");
        var ended = await Command.Run(temp.FullPath, null, "run", "batch.yaml", "--simulate");
        Assert.True(ended.Exit == 0, ended.ToString());
        return temp["out/ads.simulated"];
    }
}
