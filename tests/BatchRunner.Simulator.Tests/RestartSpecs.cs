using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Tests.Support;
using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests;

public sealed class RestartSpecs
{
    [Fact]
    public async Task Nothing_is_lost_when_the_process_dies()
    {
        using var folder = new TempFolder();
        var options = Simulation.Options with
        {
            Slots = 2,
            StateFile = folder["simulator.jsonl"],
            Faults = FaultPlan.Parse("task:failed:INTERNAL=~second", out _) ?? FaultPlan.None,
        };
        var clock = new ManualClock();
        List<string> ids = [];
        string deleted, before;
        IReadOnlyList<LedgerEntry> ledger;
        await using (var first = await Simulation.Start(options, clock))
        {
            ids.AddRange([await first.Api.Create("first"), await first.Api.Create("second"), await first.Api.Create("third")]);
            deleted = await first.Api.Create("fourth");
            first.Pass(30);
            await first.Api.Delete($"/v1/tasks/{deleted}");
            first.Pass(30);
            before = await All(first, ids);
            ledger = first.Server.Ledger;
        }

        await using var second = await Simulation.Start(options, clock);
        var after = await All(second, ids);
        var gone = (await second.Api.Get($"/v1/tasks/{deleted}")).Status;
        second.Pass(60);
        var done = await second.Api.StatusOf(ids[2]);

        Assert.Equal("SUCCEEDED,FAILED,RUNNING", before);
        Assert.Equal(before, after);
        Assert.Equal(404, gone);
        Assert.Equal("SUCCEEDED", done);
        Assert.Equal(ledger, second.Server.Ledger);
    }

    [Fact]
    public async Task A_task_goes_on_while_nobody_watches()
    {
        using var folder = new TempFolder();
        var options = Simulation.Options with { StateFile = folder["simulator.jsonl"], TimeScale = 50 };
        var clock = new ManualClock();
        string id;
        await using (var first = await Simulation.Start(options, clock))
        {
            id = await first.Api.Create();
        }

        clock.Advance(TimeSpan.FromSeconds(0.5)); // 25 simulated seconds pass at the old speed, the rest at the new one.
        await using var second = await Simulation.Start(options with { TimeScale = 1 }, clock);
        var early = await second.Api.StatusOf(id);
        second.Pass(26);
        var still = await second.Api.StatusOf(id);
        second.Pass(2);
        var done = await second.Api.StatusOf(id);

        Assert.Equal(("RUNNING", "RUNNING", "SUCCEEDED"), (early, still, done));
    }

    [Fact]
    public async Task The_state_file_holds_a_line_for_every_charge_and_refund()
    {
        using var folder = new TempFolder();
        var options = Simulation.Options with { StateFile = folder["simulator.jsonl"] };
        await using (var simulation = await Simulation.Start(options))
        {
            await simulation.Api.Delete($"/v1/tasks/{await simulation.Api.Create()}");
        }

        var lines = await File.ReadAllLinesAsync(folder["simulator.jsonl"], TestContext.Current.CancellationToken);

        Assert.Single(lines, line => line.Contains("\"type\":\"charge\"", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("\"type\":\"refund\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_torn_last_line_is_cut_off()
    {
        using var folder = new TempFolder();
        var options = Simulation.Options with { StateFile = folder["simulator.jsonl"] };
        var clock = new ManualClock();
        string id;
        await using (var first = await Simulation.Start(options, clock))
        {
            id = await first.Api.Create();
        }

        await File.AppendAllTextAsync(folder["simulator.jsonl"], "{\"type\":\"charge\",\"ta", TestContext.Current.CancellationToken);
        await using var second = await Simulation.Start(options, clock);

        Assert.Equal("PENDING", await second.Api.StatusOf(id));
        Assert.Single(second.Server.Ledger);
    }

    [Fact]
    public async Task Other_slots_hold_from_the_next_start_and_leave_the_past_alone()
    {
        using var folder = new TempFolder();
        var options = Simulation.Options with { StateFile = folder["simulator.jsonl"], Slots = 2 };
        var clock = new ManualClock();
        var ids = new List<string>();
        await using (var first = await Simulation.Start(options, clock))
        {
            ids.AddRange([await first.Api.Create("1"), await first.Api.Create("2"), await first.Api.Create("3")]);
            first.Pass(60);
        }

        await using var second = await Simulation.Start(options with { Slots = 1 }, clock);
        ids.Add(await second.Api.Create("4"));

        Assert.Equal("SUCCEEDED,SUCCEEDED,RUNNING,THROTTLED", await All(second, ids));
    }

    [Theory]
    [InlineData("{\"type\":\"clock")]
    [InlineData("{\"type\":\"charge\"}")]
    [InlineData("{\"type\":\"delete\",\"at\":\"2026-11-20T09:00:00Z\",\"task\":\"none\"}")]
    [InlineData("[]")]
    public async Task A_damaged_line_in_the_middle_stops_it(string line)
    {
        using var folder = new TempFolder();
        folder.Write("simulator.jsonl", line + "\n{}\n");

        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => Simulation.Start(Simulation.Options with { StateFile = folder["simulator.jsonl"] }));

        Assert.EndsWith("simulator.jsonl:1: not a line the simulator wrote", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_run_in_whatever_order_the_requests_come()
    {
        var options = new SimulatorOptions { Slots = 20, Faults = FaultPlan.Parse("task:failed:INTERNAL=0.3, post:500-after=0.3", out _) ?? FaultPlan.None };
        List<string> prompts = ["a", "b", "c", "d", "e", "f", "g", "h"];

        var first = await Fates(options, prompts);
        var again = await Fates(options, prompts.AsEnumerable().Reverse());
        var other = await Fates(options with { Seed = 1 }, prompts);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    static async Task<string> Fates(SimulatorOptions options, IEnumerable<string> prompts)
    {
        await using var simulation = await Simulation.Start(options);
        var fates = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var prompt in prompts)
        {
            var (status, body) = await simulation.Api.Post("/v1/text_to_video", Client.GoodBody(prompt));
            fates[prompt] = $"{status} {body["id"]}";
        }

        simulation.Pass(60);
        foreach (var (prompt, fate) in fates.Where(fate => fate.Value.StartsWith("200", StringComparison.Ordinal)).ToList())
        {
            var task = (await simulation.Api.Get($"/v1/tasks/{fate[4..]}")).Body;
            fates[prompt] += $" {task["status"]} {task["progress"]}";
        }

        return string.Join('\n', fates.Select(fate => $"{fate.Key}: {fate.Value}"));
    }

    static async Task<string> All(Simulation simulation, List<string> ids)
    {
        var statuses = new List<string>();
        foreach (var id in ids)
        {
            statuses.Add(await simulation.Api.StatusOf(id));
        }

        return string.Join(',', statuses);
    }
}
