using System.Text;
using System.Text.Json.Nodes;

namespace BatchRunner.Simulator.Tests.Support;

/// <summary>A plain client of the simulated API: what it gets is what is on the wire.</summary>
sealed class Client(Uri baseAddress) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = baseAddress,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public static JsonObject GoodBody(string prompt = "a quiet harbour") => new()
    {
        ["model"] = "gen4.5",
        ["promptText"] = prompt,
        ["ratio"] = "1280:720",
        ["duration"] = 5,
    };

    public async Task<(int Status, JsonObject Body)> Send(
        HttpMethod method, string path, JsonNode? body = null, string? key = "key_test", string? version = "2024-11-06")
    {
        using var response = await Raw(method, path, body, key, version);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)?.AsObject() ?? []);
    }

    public async Task<HttpResponseMessage> Raw(
        HttpMethod method, string path, JsonNode? body = null, string? key = "key_test", string? version = "2024-11-06")
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Runway-Version", version);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<(int Status, JsonObject Body)> Get(string path) => Send(HttpMethod.Get, path);

    public Task<(int Status, JsonObject Body)> Post(string path, JsonNode body) => Send(HttpMethod.Post, path, body);

    public Task<(int Status, JsonObject Body)> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Creates a task and gives its id.</summary>
    public async Task<string> Create(string prompt = "a quiet harbour")
    {
        var (status, body) = await Post("/v1/text_to_video", GoodBody(prompt));

        Assert.Equal(200, status);
        return (string?)body["id"] ?? "";
    }

    public async Task<string> StatusOf(string id) => (string?)(await Get($"/v1/tasks/{id}")).Body["status"] ?? "";

    /// <summary>Uploads a file and gives its URI.</summary>
    public async Task<string> Upload(string filename, byte[] file)
    {
        var (status, place) = await Post("/v1/uploads", new JsonObject { ["filename"] = filename, ["type"] = "ephemeral" });

        Assert.Equal(200, status);
        using var response = await Fill(place, file);
        Assert.Equal(204, (int)response.StatusCode);
        return (string?)place["runwayUri"] ?? "";
    }

    /// <summary>Posts a file to the place that was handed out, `file` last unless told otherwise.</summary>
    public async Task<HttpResponseMessage> Fill(JsonObject place, byte[] file, bool isFileFirst = false)
    {
        using var form = new MultipartFormDataContent();
        if (isFileFirst)
        {
            form.Add(new ByteArrayContent(file), "file", "file");
        }

        foreach (var (name, value) in place["fields"]?.AsObject() ?? [])
        {
            form.Add(new StringContent((string?)value ?? ""), name);
        }

        if (!isFileFirst)
        {
            form.Add(new ByteArrayContent(file), "file", "file");
        }

        return await http.PostAsync(
            new Uri((string?)place["uploadUrl"] ?? ""), form, TestContext.Current.CancellationToken);
    }

    /// <summary>Fetches a file without a key.</summary>
    public Task<HttpResponseMessage> Fetch(string url, string? range = null, HttpMethod? method = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Range", range);
        request.Headers.TryAddWithoutValidation("If-Range", ifMatch);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Creates a task, waits until it is done, and gives its first output's URL.</summary>
    public async Task<string> UrlOf(string id) => (string?)(await Get($"/v1/tasks/{id}")).Body["output"]?[0] ?? "";

    /// <summary>Puts another plan of faults.</summary>
    public async Task Faults(string plan)
    {
        using var response = await http.PutAsync(
            new Uri(baseAddress, "/_simulator/faults"), new StringContent(plan), TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => http.Dispose();
}
