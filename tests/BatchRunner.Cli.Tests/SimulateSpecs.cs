using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

/// <summary>`simulate` as another client meets it: every option is seen from outside.</summary>
public sealed class SimulateSpecs : IDisposable
{
    const string Body = """{"model":"gen4.5","promptText":"linen","ratio":"1280:720","duration":2}""";

    readonly TempFolder temp = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_account_is_the_one_asked_for()
    {
        await using var simulate = await Simulation.Start(
            "--tier", "1", "--credits", "1000.5", "--daily-cap", "7", "--key", "key_of_the_test");

        var (_, organization) = await simulate.Get("v1/organization", "key_of_the_test");
        var (stranger, _) = await simulate.Get("v1/organization", "key_of_somebody");

        Assert.Equal(HttpStatusCode.Unauthorized, stranger);
        Assert.Equal(1000.5m, organization.GetProperty("creditBalance").GetDecimal());
        var model = organization.GetProperty("tier").GetProperty("models").GetProperty("gen4.5");
        Assert.Equal(1, model.GetProperty("maxConcurrentGenerations").GetInt32());
        Assert.Equal(7, model.GetProperty("maxDailyGenerations").GetInt32());
        Assert.Equal(0, await simulate.Interrupt());
        Assert.Contains("one key is taken", simulate.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_come_before_the_tier_s()
    {
        await using var simulate = await Simulation.Start("--tier", "5", "--slots", "9");

        var (_, organization) = await simulate.Get("v1/organization", "any");

        var model = organization.GetProperty("tier").GetProperty("models").GetProperty("gen4.5");
        Assert.Equal(9, model.GetProperty("maxConcurrentGenerations").GetInt32());
        Assert.Equal(25_000, model.GetProperty("maxDailyGenerations").GetInt32());
    }

    [Fact]
    public async Task A_state_file_remembers_the_charges()
    {
        string[] options = ["--credits", "100", "--state", temp["state/simulator.jsonl"]];
        await using (var first = await Simulation.Start(options))
        {
            Assert.Equal(HttpStatusCode.OK, await first.Create(Body));
            Assert.Equal(0, await first.Interrupt());
        }

        await using var second = await Simulation.Start(options);
        var (_, organization) = await second.Get("v1/organization", "any");

        Assert.Equal(100 - 24, organization.GetProperty("creditBalance").GetDecimal());
    }

    [Fact]
    public async Task Faults_come_from_a_file_and_can_be_switched_off_while_it_serves()
    {
        var plan = temp.Write("faults.txt", "# no new tasks today\npost:503\n");
        await using var simulate = await Simulation.Start("--faults", "@" + plan);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await simulate.Create(Body));
        await simulate.PutFaults("");
        Assert.Equal(HttpStatusCode.OK, await simulate.Create(Body));
    }

    [Fact]
    public async Task Another_catalogue_brings_other_models()
    {
        var file = temp.Write("models.json", """
            {
              "date": "2026-11-20", "source": "a test",
              "models": {
                "gen9": {
                  "output": "video",
                  "endpoints": { "text_to_video": { "fields": { "promptText": { "type": "text" } } } }
                }
              }
            }
            """);
        await using var simulate = await Simulation.Start("--models", file);

        var (_, organization) = await simulate.Get("v1/organization", "any");

        Assert.True(organization.GetProperty("tier").GetProperty("models").TryGetProperty("gen9", out _));
    }

    /// <summary>The command at work, until it is interrupted.</summary>
    sealed class Simulation : IAsyncDisposable
    {
        readonly Interrupts interrupts = new();
        readonly Heard output = new();
        readonly StringWriter error = new();
        readonly HttpClient http = new();
        Task<int> run = Task.FromResult(0);

        public string Talk => error.ToString();

        public static async Task<Simulation> Start(params string[] options)
        {
            var simulation = new Simulation();
            simulation.run = CommandLine.Run(["simulate", .. options], new Surroundings
            {
                Output = simulation.output,
                Error = simulation.error,
                Variable = _ => null,
                Time = TimeProvider.System,
                Interrupts = simulation.interrupts,
            });
            await Task.WhenAny(simulation.run, simulation.output.First.Task).WaitAsync(TimeSpan.FromMinutes(1), Stop);
            Assert.False(simulation.run.IsCompleted, simulation.error.ToString());
            simulation.http.BaseAddress = new Uri(await simulation.output.First.Task);
            simulation.http.DefaultRequestHeaders.Add("X-Runway-Version", "2024-11-06");
            return simulation;
        }

        public async Task<(HttpStatusCode Status, JsonElement Body)> Get(string path, string key)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Stop);
            return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement);
        }

        public async Task<HttpStatusCode> Create(string body)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "any");
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("v1/text_to_video", UriKind.Relative), content, Stop);
            return answer.StatusCode;
        }

        public async Task PutFaults(string plan)
        {
            using var content = new StringContent(plan);
            using var answer = await http.PutAsync(new Uri("/_simulator/faults", UriKind.Relative), content, Stop);
            Assert.True(answer.IsSuccessStatusCode);
        }

        public async Task<int> Interrupt()
        {
            interrupts.Signal(PosixSignal.SIGINT);
            return await run.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        }

        public async ValueTask DisposeAsync()
        {
            if (!run.IsCompleted)
            {
                await Interrupt();
            }

            http.Dispose();
            interrupts.Dispose();
            await output.DisposeAsync();
            await error.DisposeAsync();
        }
    }

    /// <summary>The answer, whose first line is the address.</summary>
    sealed class Heard : StringWriter
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            First.TrySetResult(value ?? "");
        }
    }
}
