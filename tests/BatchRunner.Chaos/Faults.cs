using System.Globalization;
using BatchRunner.Jobs;

namespace BatchRunner.Chaos;

/// <summary>
/// Everything that can go wrong at once: answers lost before and after the charge, tasks that fail, hang and come back, files
/// cut, wrong and endless, a key revoked, credits and quota used up, a cap that is reached. One command after the other
/// until nothing is left to do.
/// </summary>
sealed class Faults(int seed, int jobs, TextWriter output)
{
    const int MostRuns = 60;
    const int PriceOfOne = 24;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    static readonly string[] Mix =
    [
        "post:rst-after=2%", "post:rst-before=2%", "post:500-after=1%", "post:502-before=1%", "post:503-before=2%", "post:429=3%",
        "post:half-after=1%", "post:hang-after=1%", "post:drip-after=0.5%", "post:newshape-after=0.5%", "post:html-after=0.5%",
        "get:500=3%", "get:503=2%", "get:429=2%", "get:rst=1%", "get:404=0.5%", "get:newshape=0.5%",
        "dl:cut=3%", "dl:cut-nolen=1%", "dl:wrong=1%", "dl:403=1%", "dl:drip=0.5%", "dl:gzip=0.2%", "dl:zero=0.5%",
        "task:failed:INTERNAL=5%", "task:failed:SAFETY.INPUT.TEXT=3%", "task:stuck-pending=1%", "task:empty-output=0.5%",
        "task:cancelled=0.5%", "task:backwards=1%",
    ];

    readonly Figures figures = new("faults", seed, output);
    readonly HashSet<string> struck = [];
    int lost;
    decimal cap;

    /// <summary>Runs the campaign; true if no invariant broke.</summary>
    public async Task<bool> Run()
    {
        await using var stage = await Stage.Set(jobs, seed, limits: Limits(jobs * PriceOfOne / 2));
        var observed = new Observed(stage);
        var runs = 0;
        int exit;
        do
        {
            await stage.Told.Plan(string.Join('\n', Mix.Append($"dl:redirect:localhost:{stage.Server.BaseAddress.Port}=0.5%")
                .Append(runs is 3 or 4 ? "dl:endless=#2" : "").Append(Account(runs, observed))));
            exit = await RunOnce(stage, observed, $"run {++runs}");
            await CountFaults(stage);
        }
        while (IsLeft(stage) && runs < MostRuns);

        figures.Count("commands until nothing was left", runs);
        figures.Hold(!IsLeft(stage), "end", $"after {runs} commands there is work left");
        CheckStruck();
        await stage.Told.Plan("");
        await CheckRepeat(stage, observed, exit);
        CheckEnd(stage, observed, exit);
        figures.Broke("end", await Invariants.Broken(stage, lost, mayFail: true));
        await figures.Report();
        return figures.HaveHeld;
    }

    string Limits(int credits)
    {
        cap = credits;
        return string.Create(
            CultureInfo.InvariantCulture,
            $", stop_after_unknown: 2, stop_after_failures: 4, queue_timeout: 5s, create_timeout: 2s, max_credits: {credits}");
    }

    // The first commands meet an account that stops them on the way; the others have enough of everything.
    string Account(int run, Observed observed) => run switch
    {
        0 => "account:revoke@400",
        1 => string.Create(CultureInfo.InvariantCulture, $"account:credits={jobs * PriceOfOne / 8}"),
        2 => string.Create(
            CultureInfo.InvariantCulture, $"account:credits=1000000, account:dailycap={observed.Tasks + (jobs / 8)}"),
        _ => "account:credits=1000000, account:dailycap=1000000",
    };

    async Task<int> RunOnce(Stage stage, Observed observed, string where)
    {
        observed.Begin();
        using var child = stage.Start([], isStraight: true);
        var end = child.End(Patience);
        while (await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(400))) != end)
        {
            await observed.Look();
        }

        var exit = await end;
        await observed.Look(isLast: true);
        var spent = observed.MostSpent();
        figures.Count($"commands that ended with {exit}");
        figures.Hold(!child.Said.Contains("key_chaos", StringComparison.Ordinal), where, "I8: it said the key");
        figures.Hold(spent <= cap, where, $"I6: {spent} credits were spent under a cap of {cap}");
        figures.Hold(observed.CreatesAfterStop() == 0, where, $"I5: {observed.CreatesAfterStop()} creates after a stop condition");
        CheckExit(stage, where, exit, child.Said);
        await figures.Tell($"{where}: exit {exit}, {Standing(stage)}, {spent} of {cap} credits");
        if (exit == 5 && child.Said.Contains("max_credits", StringComparison.Ordinal))
        {
            figures.Count("stopped by the cap");
            await stage.Limit(Limits((int)cap + (jobs * PriceOfOne / 4)));
        }

        return exit;
    }

    void CheckExit(Stage stage, string where, int exit, string said)
    {
        var states = stage.Journal().Planned.Select(job => job.State.Status).ToList();
        var expected = states.Any(s => s is JobStatus.Running or JobStatus.Unknown) ? 7
            : states.Any(s => s is JobStatus.Failed or JobStatus.Cancelled) ? 3
            : states.Any(s => s is JobStatus.Planned) ? 7
            : 0;
        figures.Hold(
            exit == expected || (exit is 5 or 6 && states.Contains(JobStatus.Planned)),
            where,
            $"I12: exit {exit}, but expected {expected} with {Standing(stage)}; it said:\n{said}");
    }

    // A mix that does not strike proves nothing; a small one can't strike with everything.
    void CheckStruck()
    {
        foreach (var kind in Mix.Append("dl:endless=#2").Append("dl:redirect=").Select(KindOf))
        {
            figures.Hold(
                jobs < 1000 || struck.Any(s => s.StartsWith(kind, StringComparison.Ordinal)), "end", $"the fault {kind} never struck");
        }
    }

    static string KindOf(string rule) => rule[..(rule.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? at : rule.Length)];

    async Task CountFaults(Stage stage)
    {
        var rules = (await stage.Told.Get("faults"))["struck"]?.AsArray() ?? [];
        foreach (var rule in rules)
        {
            var (name, count) = (rule?["rule"]?.GetValue<string>() ?? "", rule?["count"]?.GetValue<int>() ?? 0);
            var kind = KindOf(name);
            if (count > 0)
            {
                struck.Add(kind);
            }

            if (!name.StartsWith("account", StringComparison.Ordinal))
            {
                figures.Count($"struck by {kind}", count);
            }

            // Refusals that say that nothing was done are no loss.
            if (kind.StartsWith("post:", StringComparison.Ordinal) && !kind.Contains("503", StringComparison.Ordinal)
                && !kind.Contains("429", StringComparison.Ordinal))
            {
                lost += count;
            }
        }
    }

    // A finished batch is not paid and not loaded again, and says the same.
    async Task CheckRepeat(Stage stage, Observed observed, int exit)
    {
        observed.Begin();
        using var again = stage.Start([], isStraight: true);
        var code = await again.End(Patience);
        await observed.Look(isLast: true);
        figures.Hold(code == exit, "once more", $"I12: exit {code} after {exit}; it said:\n{again.Said}");
        figures.Hold(observed.NewCreates() == 0, "once more", $"I11: {observed.NewCreates()} creates by a finished batch");
        figures.Hold(observed.NewDownloads() == 0, "once more", $"I11: {observed.NewDownloads()} downloads by a finished batch");
        figures.Hold(observed.KeysOutside == 0, "end", $"I7: the key was sent {observed.KeysOutside} times where none belongs");
    }

    void CheckEnd(Stage stage, Observed observed, int exit)
    {
        var planned = stage.Journal().Planned.ToList();
        foreach (var status in planned.GroupBy(job => job.State.Status).OrderBy(group => group.Key))
        {
            figures.Count($"jobs {status.Key}", status.Count());
        }

        foreach (var failed in planned.Where(job => job.State.Failure is not null).GroupBy(job => job.State.Failure!.Class))
        {
            figures.Count($"failed as {failed.Key}", failed.Count());
        }

        figures.Count("creates that were lost or mangled", lost);
        figures.Count("requests", observed.Requests);
        figures.Count("most known tasks alive at once", observed.MostAlive());
        figures.Count("asks of a task sooner than poll_interval", observed.HastyAsks(out var hastiest));
        figures.Time("shortest time between two asks", hastiest);
        figures.Hold(
            observed.MostAlive() <= Stage.Slots + Stage.Ahead, "end", $"I9: {observed.MostAlive()} tasks lived at once");
        figures.Hold(
            hastiest > Stage.PollInterval / 2, "end", $"I10: a task was asked for again after {hastiest.TotalMilliseconds:0} ms");
        figures.Hold(exit is 0 or 3 or 7, "end", $"I12: the last exit code is {exit}");
    }

    static bool IsLeft(Stage stage) => stage.Journal() is var journal
        && (journal.Order.Count < stage.Jobs
            || journal.Planned.Any(job => job.State.Status is JobStatus.Planned or JobStatus.Running));

    static string Standing(Stage stage) => string.Join(
        ", ",
        stage.Journal().Planned.GroupBy(job => job.State.Status).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
}
