using System.Text.Json.Nodes;
using BatchRunner.Simulator.Api;
using BatchRunner.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Control;

/// <summary>What was asked, as counts and as the last few thousand requests.</summary>
sealed class RequestLog(TimeProvider time)
{
    const int Room = 5_000;

    readonly Lock gate = new();
    readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    readonly Queue<Entry> last = new();
    int keysOutsideApi;

    public void Add(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "/";
        var fault = RequestMarks.FaultOf(context);
        var status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
        lock (gate)
        {
            var key = $"{request.Method} {Route(path)} {(fault is null ? status : $"{fault.Verb}{(fault.IsAfter ? "-after" : "-before")}")}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
            keysOutsideApi += path.StartsWith("/v1/", StringComparison.Ordinal) || request.Headers.Authorization.Count == 0 ? 0 : 1;
            last.Enqueue(new Entry(time.GetUtcNow(), request.Method, path, status, fault?.ToString(), RequestMarks.HashOf(context)));
            if (last.Count > Room)
            {
                last.Dequeue();
            }
        }
    }

    /// <summary>All of it; status 0 is a connection that was cut.</summary>
    public JsonObject ToJson()
    {
        lock (gate)
        {
            return new JsonObject
            {
                ["counts"] = new JsonObject(counts.Select(
                    count => KeyValuePair.Create(count.Key, (JsonNode?)JsonValue.Create(count.Value)))),
                ["keysSentOutsideApi"] = keysOutsideApi,
                ["requests"] = new JsonArray([.. last.Select(entry => entry.ToJson())]),
            };
        }
    }

    static string Route(string path) => path.Split('/') switch
    {
        ["", "v1", "tasks", _] => "/v1/tasks/{id}",
        ["", "outputs", _] => "/outputs/{id}",
        _ => path,
    };

    sealed record Entry(DateTimeOffset At, string Method, string Path, int Status, string? Fault, string? RequestHash)
    {
        public JsonObject ToJson() => new()
        {
            ["at"] = Exchange.Time(At),
            ["method"] = Method,
            ["path"] = Path,
            ["status"] = Status,
            ["fault"] = Fault,
            ["requestHash"] = RequestHash,
        };
    }
}
