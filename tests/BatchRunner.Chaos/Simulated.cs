using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace BatchRunner.Chaos;

/// <summary>What the simulator itself tells: its requests, its tasks and the bytes it serves.</summary>
sealed class Simulated(Uri address) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = address };

    /// <summary>Another fault plan from now on.</summary>
    public async Task Plan(string faults)
    {
        using var content = new StringContent(faults);
        using var answer = await http.PutAsync(new Uri("_simulator/faults", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidDataException(await answer.Content.ReadAsStringAsync());
        }
    }

    public async Task<JsonNode> Get(string what) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri($"_simulator/{what}", UriKind.Relative)))
        ?? throw new InvalidDataException($"the simulator says nothing about {what}");

    /// <summary>The hash of a finished task's first output as it is served, or null if it has none.</summary>
    public async Task<string?> Sha256Of(string task)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri($"v1/tasks/{task}", UriKind.Relative));
        ask.Headers.Add("Authorization", "Bearer key_of_the_checker");
        ask.Headers.Add("X-Runway-Version", "2024-11-06");
        using var answer = await http.SendAsync(ask);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        return body?["output"]?[0]?.GetValue<string>() is { } url
            ? Convert.ToHexStringLower(SHA256.HashData(await http.GetByteArrayAsync(new Uri(url))))
            : null;
    }

    public void Dispose() => http.Dispose();
}
