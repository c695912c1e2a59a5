using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace BatchRunner.Runway.Wire;

/// <summary>
/// The only place that holds the key: requests to one fixed address, without redirects, cookies or decompression, and
/// with bounds on every answer. What an answer means is not known here. Throws only when cancelled.
/// </summary>
sealed partial class ApiClient(RunwayOptions options, TimeProvider clock, ILogger log) : IDisposable
{
    const string ApiVersion = "2024-11-06";

    static readonly ProductInfoHeaderValue Agent =
        new("batchrunner", typeof(ApiClient).Assembly.GetName().Version?.ToString(3) ?? "0");

    readonly HttpMessageInvoker shared = new(Connections.To(options));

    /// <summary>A request that may be repeated, on a pooled connection.</summary>
    public async Task<Exchange> Ask(HttpMethod method, string path, ReadOnlyMemory<byte>? json, CancellationToken cancel)
    {
        using var request = Request(method, path);
        if (json is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return await Exchange(shared, request, () => true, options.AskTimeout, cancel);
    }

    /// <summary>
    /// A request that must not be repeated, on a connection of its own: a kept one may have died unnoticed, and that
    /// would look like a lost answer. Throws when cancelled only if the request had not left.
    /// </summary>
    public async Task<Exchange> SendOnce(string path, ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        using var connection = Connections.To(options);
        using var own = new HttpMessageInvoker(connection, disposeHandler: false);
        using var body = new OneTimeBody(json);
        using var request = Request(HttpMethod.Post, path);
        request.Headers.ConnectionClose = true;
        request.Content = body;
        return await Exchange(own, request, () => body.HasLeft, options.CreateTimeout, cancel);
    }

    public void Dispose() => shared.Dispose();

    HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(options.BaseAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Key.Reveal());
        request.Headers.Add("X-Runway-Version", ApiVersion);
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    async Task<Exchange> Exchange(
        HttpMessageInvoker line,
        HttpRequestMessage request,
        Func<bool> hasLeft,
        TimeSpan timeout,
        CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        var outcome = await Try(line, request, hasLeft, timeout, cancel);
        var took = (long)clock.GetElapsedTime(start).TotalMilliseconds;
        var (method, path) = (request.Method.Method, request.RequestUri?.AbsolutePath ?? "");
        switch (outcome)
        {
            case Exchange.Answered answered:
                Log.Answered(log, method, path, answered.Status, took, answered.RequestId);
                break;
            case Exchange.Unsent unsent:
                Log.NotAnswered(log, method, path, unsent.Reason, took, null);
                break;
            case Exchange.Broken broken:
                Log.NotAnswered(log, method, path, broken.Reason, took, broken.RequestId);
                break;
        }

        return outcome;
    }

    async Task<Exchange> Try(
        HttpMessageInvoker line,
        HttpRequestMessage request,
        Func<bool> hasLeft,
        TimeSpan timeout,
        CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var body = new BoundedBody();
        int? status = null;
        string? requestId = null;
        try
        {
            using var response = await line.SendAsync(request, either.Token);
            status = (int)response.StatusCode;
            requestId = RequestId(response.Headers);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await body.Fill(stream, either.Token)
                ? new Exchange.Answered(
                    status.Value,
                    body.Part,
                    RetryAfter.Read(response.Headers, clock.GetUtcNow()),
                    requestId) { Date = DateOf(response.Headers) }
                : Ended($"the answer is longer than {BoundedBody.MaxBytes / 1024} KiB");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // A request that may be paid for does not vanish because somebody stopped waiting.
            return request.Content is OneTimeBody { HasLeft: true }
                ? Ended("stopped while waiting for the answer")
                : throw new OperationCanceledException(cancel);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            var what = hasLeft() ? "no whole answer" : "not sent";
            return Ended($"{what} within {Words.Of(timeout)}");
        }
        catch (OperationCanceledException)
        {
            return Ended($"no connection within {Words.Of(options.ConnectTimeout)}");
        }
        catch (HttpRequestException error) when (Breakage.IsRefused(error) && Connections.IsDirect(options.Proxy, options.BaseAddress))
        {
            return new Exchange.Unsent($"nobody listens at {options.BaseAddress.Host}:{options.BaseAddress.Port}", IsRefused: true);
        }
        catch (HttpRequestException error)
        {
            return Ended(Breakage.Describe(error));
        }
        catch (IOException error)
        {
            return Ended(Breakage.Describe(error));
        }

        Exchange Ended(string reason) =>
            hasLeft() ? new Exchange.Broken(reason, status, body.Part, requestId) : new Exchange.Unsent(reason);
    }

    static DateTimeOffset? DateOf(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("Date", out var values)
        && DateTimeOffset.TryParse(
            values.FirstOrDefault(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;

    string? RequestId(HttpResponseHeaders headers)
    {
        var text = headers.NonValidated.TryGetValues("apigw-requestid", out var values) ? values.FirstOrDefault() : null;
        return text is { Length: > 0 and <= 128 }
            && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
            && !text.Contains(options.Key.Reveal(), StringComparison.Ordinal)
                ? text
                : null;
    }

    static partial class Log
    {
        [LoggerMessage(501, LogLevel.Debug, "{Method} {Path}: {Status} after {Milliseconds} ms ({RequestId})")]
        public static partial void Answered(
            ILogger log, string method, string path, int status, long milliseconds, string? requestId);

        [LoggerMessage(502, LogLevel.Warning, "{Method} {Path}: {Reason} after {Milliseconds} ms ({RequestId})")]
        public static partial void NotAnswered(
            ILogger log, string method, string path, string reason, long milliseconds, string? requestId);
    }
}
