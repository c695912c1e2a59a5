using System.Text.Json;
using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

public sealed class KilledCreateSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_task_that_was_charged_when_the_run_was_killed_is_found_by_a_person_and_paid_once()
    {
        var folder = temp.FullPath;
        temp.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: messages.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            limits: { poll_interval: 100ms }
            """);
        temp.Write("messages.csv", "id,scene\nm01,a window\nm02,a train table\nm03,a quiet desk\n");
        using var server = Command.Start(
            temp.FullPath, null, "simulate", "--port", "0", "--time-scale", "100", "--faults", "post:hang-after=#2");
        var line = await server.Says("http://127.0.0.1:");
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0].TrimEnd('/');
        var environment = new Dictionary<string, string>
        {
            ["RUNWAYML_API_SECRET"] = "key_for_this_test",
            ["RUNWAYML_BASE_URL"] = address,
        };

        using (var run = Command.Start(folder, environment, "run", "batch.yaml", "--yes", "--new"))
        {
            while ((await Charges(address)).Count < 2 && !run.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            run.Kill();
            await run.End();
        }

        var lost = (await Charges(address))[1];
        var status = await Command.Run(folder, environment, "status", "batch.yaml", "--id", "calm-m02");
        var resolved = await Command.Run(folder, environment, "resolve", "batch.yaml", "calm-m02", "--task", lost, "--yes");
        var ended = await Command.Run(folder, environment, "run", "batch.yaml", "--yes");
        var verified = await Command.Run(folder, environment, "verify", "batch.yaml");

        Assert.Equal(7, status.Exit);
        Assert.True(resolved.Exit == 0, resolved.ToString());
        Assert.Contains("the last run ended before the answer was saved", resolved.Errors, StringComparison.Ordinal);
        Assert.True(ended.Exit == 0, ended.ToString());
        Assert.True(verified.Exit == 0, verified.ToString());
        Assert.Equal(3, (await Charges(address)).Count);
    }

    static async Task<IReadOnlyList<string>> Charges(string address)
    {
        using var client = new HttpClient();
        using var ledger = JsonDocument.Parse(await client.GetStringAsync(
            new Uri($"{address}/_simulator/ledger"), TestContext.Current.CancellationToken));
        return [.. ledger.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("credits").GetDecimal() > 0)
            .Select(entry => entry.GetProperty("task").GetString() ?? "")];
    }
}
