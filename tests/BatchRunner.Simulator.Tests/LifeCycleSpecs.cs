using System.Globalization;
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

    static async Task<List<string>> Statuses(Simulation simulation, List<string> ids)
    {
        var statuses = new List<string>();
        foreach (var id in ids)
        {
            statuses.Add(await simulation.Api.StatusOf(id));
        }

        return statuses;
    }
}
