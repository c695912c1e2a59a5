using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>A review that is served until it is interrupted.</summary>
sealed class OpenReview : IAsyncDisposable
{
    readonly Interrupts interrupts = new();
    Task<int> running = Task.FromResult(0);

    public HttpClient Client { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Policy { get; private set; } = "";

    /// <summary>What it says on standard error.</summary>
    public StringWriter Errors { get; } = new() { NewLine = "\n" };

    /// <summary>Key and task by name.</summary>
    public Dictionary<string, (string Key, string Task)> Jobs { get; } = [];

    public static async Task<OpenReview> Start(string manifest)
    {
        var opened = new OpenReview();
        var output = new Heard();
        opened.running = CommandLine.Run(["review", manifest, "--by", "Bo"], new Surroundings
        {
            Output = output,
            Error = opened.Errors,
            Variable = _ => null,
            Time = TimeProvider.System,
            Interrupts = opened.interrupts,
        });
        opened.Address = new Uri(await output.First.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        var answer = await opened.Client.GetAsync(opened.Address, TestContext.Current.CancellationToken);
        opened.Policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        const string data = "<script type=\"application/json\" id=\"batch\">";
        var start = page.IndexOf(data, StringComparison.Ordinal) + data.Length;
        using var json = JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]);
        foreach (var job in json.RootElement.GetProperty("jobs").EnumerateArray())
        {
            opened.Jobs[job.GetProperty("job").GetString() ?? ""] = (job.GetProperty("key").GetString() ?? "", job.GetProperty("taskId").GetString() ?? "");
        }

        return opened;
    }

    public async Task<HttpResponseMessage> Get(string path, Action<HttpRequestMessage> with)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        with(request);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A verdict as the page sends it, but for one thing.</summary>
    public async Task<HttpResponseMessage> Post(string key, string task, string decision, string note, (string What, string Value) but = default)
    {
        var body = $$"""{"key":"{{key}}","task":"{{task}}","job":"","decision":"{{decision}}","note":"{{note}}","by":"Bo"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, but.What == "path" ? new Uri(Address, but.Value) : new Uri(Address, "review"))
        {
            Content = new StringContent(body, Encoding.UTF8, but.What == "type" ? but.Value : "application/json"),
        };
        var headers = new Dictionary<string, string>
        {
            ["origin"] = Address.GetLeftPart(UriPartial.Authority),
            ["Sec-Fetch-Site"] = "same-origin",
            ["X-Review-Token"] = Address.AbsolutePath.Trim('/'),
        };
        if (but.What is not null && headers.ContainsKey(but.What))
        {
            headers[but.What] = but.Value ?? "";
        }

        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.Add(name, value);
        }

        if (but.What == "host")
        {
            request.Headers.Host = but.Value;
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<int> Interrupt()
    {
        interrupts.Signal(PosixSignal.SIGINT);
        return await running.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!running.IsCompleted)
        {
            await Interrupt();
        }

        Client.Dispose();
        interrupts.Dispose();
    }

    /// <summary>Standard output, of which the first line is waited for.</summary>
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
