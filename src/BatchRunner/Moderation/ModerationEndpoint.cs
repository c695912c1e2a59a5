using System.Net.Http.Headers;
using System.Text.Json;
using BatchRunner.Runway;
using BatchRunner.Runway.Reading;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Moderation;

/// <summary>
/// A server of the OpenAI moderation shape: `{"input": prompt}` is answered by `{"results": [{"flagged": bool, "categories":
/// {name: bool}}]}` (platform.openai.com/docs/api-reference/moderations, as of 2026). Whatever else it answers is not taken
/// for a verdict. Throws only when cancelled.
/// </summary>
/// <param name="address">As it is asked: no redirect is followed.</param>
/// <param name="key">Sent to it as a bearer token and to nobody else; null: none.</param>
/// <param name="clock">Waits and limits are measured on it.</param>
sealed class ModerationEndpoint(Uri address, Secret? key, TimeProvider clock) : IDisposable
{
    const int Attempts = 3;
    const int MostCategories = 10;

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    readonly HttpMessageInvoker line = new(Connections.To(address, TimeSpan.FromSeconds(10)));
    readonly ServerWords words = new(key);

    /// <summary>Its address.</summary>
    public Uri Address => address;

    /// <summary>Asks about a prompt; a refusal that may pass is waited out, three times at most.</summary>
    public async Task<ModerationAnswer> Ask(string prompt, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, wish) = await Once(prompt, cancel);
            if (answer is not ModerationAnswer.Trouble || attempt == Attempts)
            {
                return answer;
            }

            var wait = wish ?? FirstWait * Math.Pow(2, attempt - 1);
            await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, cancel);
        }
    }

    public void Dispose() => line.Dispose();

    async Task<(ModerationAnswer Answer, TimeSpan? Wait)> Once(string prompt, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var request = Request(prompt);
            using var response = await line.SendAsync(request, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var body = new BoundedBody();
            return await body.Fill(stream, either.Token)
                ? (Read((int)response.StatusCode, body.Part), RetryAfter.Read(response.Headers, clock.GetUtcNow()))
                : (new ModerationAnswer.Refused($"its answer is longer than {BoundedBody.MaxBytes / 1024} KiB"), null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return (new ModerationAnswer.Trouble($"no whole answer within {Words.Of(Timeout)}"), null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return (new ModerationAnswer.Trouble(Breakage.Describe(error)), null);
        }
    }

    HttpRequestMessage Request(string prompt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("input"u8, prompt);
            json.WriteEndObject();
        }

        request.Content = new ByteArrayContent(buffer.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    ModerationAnswer Read(int status, ReadOnlyMemory<byte> body) => status switch
    {
        200 => Judged(body),
        401 or 403 => new ModerationAnswer.KeyRefused(words.ErrorOf(status, body)),
        408 or 429 or >= 500 => new ModerationAnswer.Trouble(words.ErrorOf(status, body)),
        >= 300 and < 400 => new ModerationAnswer.Refused($"it answered {status}, which leads elsewhere"),
        _ => new ModerationAnswer.Refused(words.ErrorOf(status, body)),
    };

    ModerationAnswer Judged(ReadOnlyMemory<byte> body)
    {
        if (LooseJson.Object(body).Member("results").Items().ToList() is not [var result]
            || result.Member("flagged") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } flagged)
        {
            return new ModerationAnswer.Refused("its answer holds no verdict: one of `results` with `flagged` was expected");
        }

        var found = result.Member("categories").Members()
            .Where(category => category.Value is { ValueKind: JsonValueKind.True })
            .Select(category => words.Clean(category.Name))
            .Take(MostCategories);
        return new ModerationAnswer.Judged(
            flagged.ValueKind == JsonValueKind.True ? new Verdict(true, [.. found]) : Verdict.Clean);
    }
}
