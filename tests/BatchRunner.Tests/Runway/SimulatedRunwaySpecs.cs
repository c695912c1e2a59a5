using System.Text;
using BatchRunner.Runway;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Faults;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Runway;

/// <summary>The client against the simulator, at its best and with everything that can go wrong.</summary>
public sealed class SimulatedRunwaySpecs : RunwayContract
{
    static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"duration":5,"model":"gen4.5","promptText":"linen","ratio":"1280:720"}""");

    public static TheoryData<string> Faults =>
    [
        "rst-before", "rst-after", "fin-before", "fin-after", "half-after", "hang-before", "hang-after", "drip-before",
        "drip-after", "400-before", "401-before", "404-before", "408-before", "408-after", "409-before", "409-after",
        "413-before", "429-before", "429[7]-before", "500-before", "500-after", "502-before", "502-after", "503-before",
        "503-after", "504-before", "504-after", "html-before", "html-after", "badjson-after", "noid-after",
        "newshape-after", "307-before", "307-after",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Only_what_was_certainly_not_charged_is_called_refused(string fault)
    {
        if (FaultPlan.Parse($"post:{fault}=1", out var problem) is not { } plan)
        {
            Assert.Fail(problem);
            return;
        }

        await using var server = await SimulatorServer.Start(new() { Faults = plan }, new ManualClock(), Client.Stop);
        using var runway = Client.Open(
            Client.Options(server.BaseAddress) with { CreateTimeout = TimeSpan.FromMilliseconds(400) }, TimeProvider.System);

        var answer = await runway.Create("text_to_video", Body, Client.Stop);

        var charges = server.Ledger.Count;
        switch (answer)
        {
            case CreateAnswer.Accepted:
                Assert.Equal(1, charges);
                break;
            case CreateAnswer.Refused:
                Assert.Equal(0, charges);
                break;
            default:
                // Before the charge or after it: the client can't know, and says so.
                Assert.InRange(charges, 0, 1);
                break;
        }

        if (fault is "newshape-after")
        {
            Assert.IsType<CreateAnswer.Accepted>(answer);
        }
        else if (fault.EndsWith("-after", StringComparison.Ordinal) && charges == 1)
        {
            Assert.False(answer is CreateAnswer.Refused);
        }
    }

    [Fact]
    public async Task One_create_is_one_request_whatever_becomes_of_it()
    {
        var plan = FaultPlan.Parse("post:rst-after=0.2, post:500-after=0.1, post:half-after=0.1", out _);
        await using var server = await SimulatorServer.Start(
            new() { Faults = plan ?? FaultPlan.None, DailyCap = int.MaxValue }, new ManualClock(), Client.Stop);
        using var runway = Client.Open(Client.Options(server.BaseAddress), TimeProvider.System);
        var answers = new List<CreateAnswer>();

        for (var i = 0; i < 200; i++)
        {
            answers.Add(await runway.Create("text_to_video", Body, Client.Stop));
        }

        Assert.Equal(200, server.Ledger.Count);
        Assert.Equal(200, answers.Count(answer => answer is CreateAnswer.Accepted or CreateAnswer.Lost));
        Assert.InRange(answers.Count(answer => answer is CreateAnswer.Lost), 40, 120);
    }

    private protected override async Task<Stage> Open(string key = GoodKey)
    {
        var clock = new ManualClock();
        var server = await SimulatorServer.Start(new() { Key = GoodKey, Credits = Credits }, clock, Client.Stop);
        var runway = Client.Open(Client.Options(server.BaseAddress, key));
        return new Stage(runway, clock.Advance, async () =>
        {
            runway.Dispose();
            await server.DisposeAsync();
        });
    }
}
