using System.Text.RegularExpressions;
using BatchRunner.Runway.Reading;
using BatchRunner.Runway.Wire;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace BatchRunner.Runway;

/// <summary>Runway over HTTP.</summary>
sealed partial class HttpRunway : IRunway, IDisposable
{
    readonly ApiClient api;
    readonly Storage storage;
    readonly Uploads uploads;
    readonly CreateReading creates;
    readonly TaskReading tasks;
    readonly OrganizationReading accounts;
    readonly ResiliencePipeline<Exchange> repeating;

    /// <param name="options">Where and with which key.</param>
    /// <param name="clock">Measures every wait but the connection's own.</param>
    /// <param name="random">From 0 to 1; spreads repeats.</param>
    /// <param name="log">For the operator: methods, paths, statuses and times.</param>
    public HttpRunway(RunwayOptions options, TimeProvider clock, Func<double> random, ILogger log)
    {
        var words = new ServerWords(options.Key);
        api = new ApiClient(options, clock, log);
        storage = new Storage(options, clock);
        creates = new CreateReading(words);
        tasks = new TaskReading(words);
        accounts = new OrganizationReading(words);
        repeating = Repeating(clock, random);
        uploads = new Uploads((body, cancel) => AskRepeatedly(HttpMethod.Post, "v1/uploads", body, cancel), storage, words);
    }

    public async Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
        body.IsEmpty || !Endpoint().IsMatch(endpoint)
            ? new CreateAnswer.Refused(RefusalKind.BadRequest, "the endpoint or the request is not one")
            : creates.Read(await api.SendOnce($"v1/{endpoint}", body, cancel));

    public async Task<TaskAnswer> Get(TaskId id, CancellationToken cancel) =>
        tasks.ReadGet(id, await api.Ask(HttpMethod.Get, PathOf(id), null, cancel));

    public async Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel) =>
        tasks.ReadDelete(await AskRepeatedly(HttpMethod.Delete, PathOf(id), null, cancel));

    public async Task<OrganizationAnswer> GetOrganization(CancellationToken cancel) =>
        accounts.Read(await AskRepeatedly(HttpMethod.Get, "v1/organization", null, cancel));

    public Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel) =>
        uploads.Upload(fullPath, contentType, cancel);

    public void Dispose()
    {
        api.Dispose();
        storage.Dispose();
    }

    async Task<Exchange> AskRepeatedly(
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte>? json,
        CancellationToken cancel) =>
        await repeating.ExecuteAsync(async token => await api.Ask(method, path, json, token), cancel);

    /// <summary>Three tries within a few seconds: for what can't be charged, and where nobody else asks again.</summary>
    static ResiliencePipeline<Exchange> Repeating(TimeProvider clock, Func<double> random) =>
        new ResiliencePipelineBuilder<Exchange> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Exchange>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is Exchange.Unsent or Exchange.Broken
                    or Exchange.Answered { Status: 408 or 429 or >= 500 }),
                DelayGenerator = attempt => ValueTask.FromResult(
                    (attempt.Outcome.Result as Exchange.Answered)?.RetryAfter is { } wish && wish < LongestWait
                        ? (TimeSpan?)wish
                        : null),
            })
            .Build();

    static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(10);

    // An id is the server's word: nothing in it may become another path.
    static string PathOf(TaskId id) => $"v1/tasks/{Uri.EscapeDataString(id.Value)}";

    [GeneratedRegex("^[a-z0-9_]+(/[a-z0-9_]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Endpoint();
}
