namespace BatchRunner.Simulator.Tests.Support;

/// <summary>A simulator on a manual clock, with a client: pending takes 2 s, a video 50 s.</summary>
sealed class Simulation : IAsyncDisposable
{
    Simulation(SimulatorServer server, ManualTime time) => (Server, Time, Api) = (server, time, new Client(server.BaseAddress));

    public SimulatorServer Server { get; }

    public ManualTime Time { get; }

    public Client Api { get; }

    public static SimulatorOptions Options { get; } = new()
    {
        PendingSeconds = new SecondsRange(2, 2),
        VideoSeconds = new SecondsRange(50, 50),
        ImageSeconds = new SecondsRange(20, 20),
        AudioSeconds = new SecondsRange(5, 5),
    };

    public static async Task<Simulation> Start(SimulatorOptions? options = null, ManualTime? time = null)
    {
        time ??= new ManualTime();
        var server = await SimulatorServer.Start(options ?? Options, time, TestContext.Current.CancellationToken);
        return new Simulation(server, time);
    }

    public ValueTask DisposeAsync()
    {
        Api.Dispose();
        return Server.DisposeAsync();
    }
}
