using BatchRunner.TestKit;

namespace BatchRunner.Simulator.Tests.Support;

/// <summary>A simulator on a manual clock, with a client: pending takes 2 s, a video 50 s.</summary>
sealed class Simulation(SimulatorServer server, ManualClock time) : IAsyncDisposable
{
    public SimulatorServer Server => server;

    public ManualClock Time => time;

    public Client Api { get; } = new(server.BaseAddress);

    public static SimulatorOptions Options { get; } = new()
    {
        PendingSeconds = new SecondsRange(2, 2),
        VideoSeconds = new SecondsRange(50, 50),
        ImageSeconds = new SecondsRange(20, 20),
        AudioSeconds = new SecondsRange(5, 5),
    };

    public static async Task<Simulation> Start(SimulatorOptions? options = null, ManualClock? time = null)
    {
        time ??= new ManualClock();
        var server = await SimulatorServer.Start(options ?? Options, time, TestContext.Current.CancellationToken);
        return new Simulation(server, time);
    }

    /// <summary>Lets simulated seconds pass.</summary>
    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public ValueTask DisposeAsync()
    {
        Api.Dispose();
        return Server.DisposeAsync();
    }
}
