using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests;

public sealed class ControlSpecs
{
    [Fact]
    public async Task The_ledger_shows_every_charge_and_refund_without_a_key()
    {
        await using var simulation = await Simulation.Start();
        var id = await simulation.Api.Create();
        await simulation.Api.Delete($"/v1/tasks/{id}");

        var (status, ledger) = await simulation.Api.Send(HttpMethod.Get, "/_simulator/ledger", null, key: null, version: null);

        Assert.Equal(200, status);
        Assert.Equal((1, 1, 0), ((int?)ledger["charges"], (int?)ledger["refunds"], (int?)ledger["net"]));
        Assert.Equal(id, (string?)ledger["entries"]?[0]?["task"]);
        Assert.Equal(64, ((string?)ledger["entries"]?[0]?["requestHash"])?.Length);
    }

    [Fact]
    public async Task Requests_are_counted_with_their_faults_and_a_key_sent_to_the_storage_is_noticed()
    {
        await using var simulation = await Simulation.Start();
        await simulation.Api.Faults("post:500-after=1x");
        await simulation.Api.Post("/v1/text_to_video", Client.GoodBody());
        await simulation.Api.Create();
        using var leak = await simulation.Api.Raw(HttpMethod.Get, "/outputs/x");

        var (_, log) = await simulation.Api.Get("/_simulator/requests");

        Assert.Equal(1, (int?)log["counts"]?["POST /v1/text_to_video 500-after"]);
        Assert.Equal(1, (int?)log["counts"]?["POST /v1/text_to_video 200"]);
        Assert.Equal(1, (int?)log["keysSentOutsideApi"]);
        Assert.Equal(3, log["requests"]?.AsArray().Count);
    }

    [Fact]
    public async Task Faults_can_be_switched_and_say_how_often_they_struck()
    {
        await using var simulation = await Simulation.Start();
        await simulation.Api.Faults("get:404=1x");
        var id = await simulation.Api.Create();
        var struck = (await simulation.Api.Get($"/v1/tasks/{id}")).Status;

        var (_, faults) = await simulation.Api.Get("/_simulator/faults");
        await simulation.Api.Faults("");
        var (_, none) = await simulation.Api.Get("/_simulator/faults");

        Assert.Equal(404, struck);
        Assert.Equal("get:404-before=1x", (string?)faults["plan"]);
        Assert.Equal(1, (int?)faults["struck"]?[0]?["count"]);
        Assert.Equal("", (string?)none["plan"]);
    }

    [Fact]
    public async Task A_plan_that_is_none_is_refused_and_the_old_one_stays()
    {
        await using var simulation = await Simulation.Start();
        await simulation.Api.Faults("get:404=1");

        using var refused = await simulation.Api.Raw(HttpMethod.Put, "/_simulator/faults", "nonsense");
        var (_, faults) = await simulation.Api.Get("/_simulator/faults");

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal("get:404-before=1", (string?)faults["plan"]);
    }

    [Fact]
    public async Task Live_tasks_are_listed_with_their_state()
    {
        await using var simulation = await Simulation.Start(Simulation.Options with { Slots = 1 });
        await simulation.Api.Create("1");
        await simulation.Api.Create("2");

        var (_, view) = await simulation.Api.Get("/_simulator/tasks");

        Assert.Equal(["PENDING", "THROTTLED"], view["tasks"]?.AsArray().Select(task => (string?)task?["status"]));
    }
}
