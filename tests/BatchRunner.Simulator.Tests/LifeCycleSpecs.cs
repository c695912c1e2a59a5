using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests;

public sealed class LifeCycleSpecs
{
    [Fact]
    public async Task A_task_is_pending_then_runs_then_succeeds()
    {
        await using var simulation = await Simulation.Start();
        var (_, made) = await simulation.Api.Post("/v1/text_to_video", Client.GoodBody());
        var path = $"/v1/tasks/{made["id"]}";

        var pending = (await simulation.Api.Get(path)).Body;
        simulation.Pass(27);
        var running = (await simulation.Api.Get(path)).Body;
        simulation.Pass(25);
        var succeeded = (await simulation.Api.Get(path)).Body;

        Assert.Equal(60, (int?)made["estimatedCost"]?["credits"]);
        Assert.Equal("PENDING", (string?)pending["status"]);
        Assert.Equal(60, (int?)pending["estimatedCost"]?["credits"]);
        Assert.Equal("RUNNING", (string?)running["status"]);
        Assert.Equal(0.5, (double?)running["progress"]);
        Assert.Equal("SUCCEEDED", (string?)succeeded["status"]);
        Assert.Equal(60, (int?)succeeded["cost"]?["credits"]);
        Assert.Null(succeeded["estimatedCost"]);
        Assert.StartsWith(simulation.Server.BaseAddress.ToString(), (string?)succeeded["output"]?[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_can_run_faster()
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { TimeScale = 50 });
        var id = await simulation.Api.Create();

        simulation.Pass(1.02);
        var before = await simulation.Api.StatusOf(id);
        simulation.Pass(0.03);
        var after = await simulation.Api.StatusOf(id);

        Assert.Equal(("RUNNING", "SUCCEEDED"), (before, after));
    }

    [Fact]
    public async Task Tasks_beyond_the_slots_are_throttled_and_get_their_turn_in_order()
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { Slots = 2 });
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await simulation.Api.Create(i.ToString(CultureInfo.InvariantCulture)));
            simulation.Pass(1);
        }

        var before = await Statuses(simulation, ids);
        simulation.Pass(48.5);
        var after = await Statuses(simulation, ids);

        Assert.Equal(["RUNNING", "RUNNING", "THROTTLED", "THROTTLED"], before);
        Assert.Equal(["SUCCEEDED", "RUNNING", "PENDING", "THROTTLED"], after);
    }

    [Fact]
    public async Task Slots_are_per_model_and_a_deleted_task_gives_its_slot_to_the_next()
    {
        await using var simulation = await Simulation.Start(
            Simulation.Options with { Slots = 1, SlotsByModel = new Dictionary<string, int> { ["gen4_image"] = 2 } });
        var first = await simulation.Api.Create("1");
        var second = await simulation.Api.Create("2");
        var image = await simulation.Api.Post(
            "/v1/text_to_image",
            new JsonObject { ["model"] = "gen4_image", ["promptText"] = "x", ["ratio"] = "720:720" });

        var before = await Statuses(simulation, [first, second, (string?)image.Body["id"] ?? ""]);
        await simulation.Api.Delete($"/v1/tasks/{first}");
        var after = await simulation.Api.StatusOf(second);

        Assert.Equal(["PENDING", "THROTTLED", "PENDING"], before);
        Assert.Equal("PENDING", after);
    }

    [Fact]
    public async Task A_deleted_task_is_gone_and_a_second_delete_says_so()
    {
        await using var simulation = await Simulation.Start();
        var id = await simulation.Api.Create();

        var first = await simulation.Api.Delete($"/v1/tasks/{id}");
        var second = await simulation.Api.Delete($"/v1/tasks/{id}");
        var read = await simulation.Api.Get($"/v1/tasks/{id}");

        Assert.Equal(204, first.Status);
        Assert.Equal((404, "Could not find Task"), (second.Status, (string?)second.Body["error"]));
        Assert.Equal(404, read.Status);
    }

    [Theory]
    [InlineData(0, 0)] // pending: refunded
    [InlineData(10, 60)] // running: nobody promises a refund
    [InlineData(60, 60)] // finished: paid for
    public async Task A_cancelled_task_is_refunded_only_before_it_runs(double after, int net)
    {
        await using var simulation = await Simulation.Start();
        var id = await simulation.Api.Create();
        simulation.Pass(after);

        await simulation.Api.Delete($"/v1/tasks/{id}");

        Assert.Equal(net, simulation.Server.Ledger.Sum(entry => entry.Credits));
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", 60)]
    [InlineData("SAFETY.INPUT.IMAGE", 60)]
    [InlineData("SAFETY.OUTPUT.VIDEO", 0)]
    [InlineData("INPUT_PREPROCESSING.SAFETY.TEXT", 0)]
    [InlineData("INPUT_PREPROCESSING.INTERNAL", 0)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", 0)]
    [InlineData("ASSET.INVALID", 0)]
    [InlineData("THIRD_PARTY.UNAVAILABLE", 0)]
    [InlineData("INTERNAL", 0)]
    [InlineData("INTERNAL:12", 12)]
    public async Task A_failure_costs_by_its_class_and_the_rest_comes_back(string failure, int cost)
    {
        await using var simulation = await Simulation.Start(With($"task:failed:{failure}=1"));
        var id = await simulation.Api.Create();
        simulation.Pass(60);

        var (_, task) = await simulation.Api.Get($"/v1/tasks/{id}");

        Assert.Equal("FAILED", (string?)task["status"]);
        Assert.Equal(failure.Split(':')[0], (string?)task["failureCode"]);
        Assert.NotEmpty((string?)task["failure"] ?? "");
        Assert.Equal(cost, (int?)task["cost"]?["credits"]);
        Assert.Equal(cost, simulation.Server.Ledger.Sum(entry => entry.Credits));
        Assert.Equal(100_000 - cost, (int?)(await simulation.Api.Get("/v1/organization")).Body["creditBalance"]);
    }

    [Theory]
    [InlineData("stuck-pending", 100_000, "PENDING", 60)]
    [InlineData("stuck-throttled", 100_000, "THROTTLED", 60)]
    [InlineData("cancelled", 60, "CANCELLED", 0)]
    [InlineData("backwards", 27, "PENDING", 60)]
    [InlineData("backwards", 60, "SUCCEEDED", 60)]
    [InlineData("slow", 400, "RUNNING", 60)]
    [InlineData("slow", 510, "SUCCEEDED", 60)]
    [InlineData("empty-output", 60, "SUCCEEDED", 60)]
    public async Task A_task_can_go_wrong(string verb, double after, string status, int net)
    {
        await using var simulation = await Simulation.Start(With($"task:{verb}=1"));
        var id = await simulation.Api.Create();
        simulation.Pass(after);

        var (_, task) = await simulation.Api.Get($"/v1/tasks/{id}");

        Assert.Equal(status, (string?)task["status"]);
        Assert.Equal(verb == "empty-output" ? 0 : null, verb == "empty-output" ? task["output"]?.AsArray().Count : null);
        Assert.Equal(net, simulation.Server.Ledger.Sum(entry => entry.Credits));
    }

    [Fact]
    public async Task An_automatic_duration_is_charged_as_the_longest_and_the_rest_comes_back()
    {
        await using var simulation = await Simulation.Start();
        var (_, made) = await simulation.Api.Post(
            "/v1/text_to_video",
            new JsonObject { ["model"] = "seedance2", ["promptText"] = "x", ["ratio"] = "1280:720", ["duration"] = "auto" });
        simulation.Pass(60);

        var (_, task) = await simulation.Api.Get($"/v1/tasks/{made["id"]}");

        Assert.Equal(36 * 15, (int?)made["estimatedCost"]?["credits"]);
        Assert.Equal(36 * 5, (int?)task["cost"]?["credits"]);
        Assert.Equal(36 * 5, simulation.Server.Ledger.Sum(entry => entry.Credits));
    }

    static SimulatorOptions With(string faults) =>
        Simulation.Options with { Faults = FaultPlan.Parse(faults, out _) ?? FaultPlan.None };

    static async Task<List<string>> Statuses(Simulation simulation, IEnumerable<string> ids)
    {
        var statuses = new List<string>();
        foreach (var id in ids)
        {
            statuses.Add(await simulation.Api.StatusOf(id));
        }

        return statuses;
    }
}
