using System.Globalization;
using System.Text.Json.Nodes;

namespace BatchRunner.Chaos;

/// <summary>What the simulator saw of the program: its requests in order, and which tasks lived at the same time.</summary>
sealed class Observed(Stage stage)
{
    readonly List<Request> requests = [];
    readonly List<IReadOnlyList<string>> alive = [];
    int total;
    int start;

    /// <summary>Tasks so far.</summary>
    public int Tasks { get; private set; }

    public int KeysOutside { get; private set; }

    public int Requests => requests.Count;

    /// <summary>A command begins now.</summary>
    public void Begin() => start = requests.Count;

    /// <summary>Looks at the tasks, and at the requests before they are forgotten.</summary>
    public async Task Look(bool isLast = false)
    {
        var tasks = (await stage.Told.Get("tasks"))["tasks"]?.AsArray() ?? [];
        Tasks = tasks.Count;
        alive.Add([.. tasks.Where(task => Word(task, "status") is "THROTTLED" or "PENDING" or "RUNNING").Select(task => Word(task, "id"))]);
        if (isLast || alive.Count % 20 == 0)
        {
            await Collect();
        }
    }

    /// <summary>The most that was charged and not given back at any moment.</summary>
    public decimal MostSpent()
    {
        var (now, most) = (0m, 0m);
        foreach (var entry in stage.Server.Ledger)
        {
            now += entry.Credits;
            most = Math.Max(now, most);
        }

        return most;
    }

    /// <summary>Creates of this command after the account had said no for good.</summary>
    public int CreatesAfterStop()
    {
        var creates = requests.Skip(start).Where(r => r.IsCreate).ToList();
        var stop = creates.FindIndex(r => r.Fault is null && r.Status is 400 or 401 or 402 or 403 or 429);
        return stop < 0 ? 0 : creates.Count - stop - 1;
    }

    public int NewCreates() => requests.Skip(start).Count(r => r.IsCreate);

    public int NewDownloads() => requests.Skip(start).Count(r => r.Path.StartsWith("/outputs/", StringComparison.Ordinal));

    /// <summary>Tasks that the journal knows by id and that lived at one moment.</summary>
    public int MostAlive()
    {
        var known = stage.Journal().Jobs.SelectMany(job => job.State.Attempts).Select(a => a.Task?.Value).ToHashSet();
        return alive.Count == 0 ? 0 : alive.Max(ids => ids.Count(known.Contains));
    }

    /// <summary>
    /// How often a task was asked for again too soon. Asking once more for a fresh address or after a cancellation is no poll,
    /// and neither is the first ask of the next command.
    /// </summary>
    public int HastyAsks(out TimeSpan hastiest)
    {
        hastiest = TimeSpan.MaxValue;
        var hasty = 0;
        foreach (var task in requests.Where(r => r.Task is not null).GroupBy(r => (r.Task, r.Command)))
        {
            var polls = task.TakeWhile(r => r.Path.StartsWith("/v1/", StringComparison.Ordinal) && r.Method == "GET").ToList();
            foreach (var (one, next) in polls.Zip(polls.Skip(1)))
            {
                var between = next.At - one.At;
                hastiest = between < hastiest ? between : hastiest;
                hasty += between < Stage.PollInterval ? 1 : 0;
            }
        }

        return hasty;
    }

    async Task Collect()
    {
        var log = await stage.Told.Get("requests");
        KeysOutside = log["keysSentOutsideApi"]?.GetValue<int>() ?? 0;
        var all = log["counts"]?.AsObject().Sum(count => count.Value?.GetValue<int>() ?? 0) ?? 0;
        var last = log["requests"]?.AsArray() ?? [];
        if (all - total > last.Count)
        {
            throw new InvalidDataException($"{all - total - last.Count} requests were forgotten before they were looked at");
        }

        requests.AddRange(last.Skip(last.Count - (all - total)).Select(Read)
            .Where(r => !r.Path.StartsWith("/_simulator/", StringComparison.Ordinal)));
        total = all;
    }

    Request Read(JsonNode? entry) => new(
        DateTimeOffset.Parse(Word(entry, "at"), CultureInfo.InvariantCulture),
        Word(entry, "method"),
        Word(entry, "path"),
        entry?["status"]?.GetValue<int>() ?? 0,
        entry?["fault"]?.GetValue<string>(),
        start);

    static string Word(JsonNode? node, string name) => node?[name]?.GetValue<string>() ?? "";

    sealed record Request(DateTimeOffset At, string Method, string Path, int Status, string? Fault, int Command)
    {
        public bool IsCreate => Method == "POST" && Path.StartsWith("/v1/", StringComparison.Ordinal);

        public string? Task => Path.Split('/') switch
        {
            ["", "v1", "tasks", { Length: >= 36 } id] => id[..36],
            ["", "outputs", { Length: >= 36 } file] => file[..36],
            _ => null,
        };
    }
}
