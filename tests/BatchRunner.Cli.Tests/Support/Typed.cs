using BatchRunner.Cli.World;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Faults;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>Somebody who types commands in a folder with a small manifest: three jobs of 25 credits.</summary>
sealed class Typed : IAsyncDisposable
{
    // Fast enough that a clip is there in a second, slow enough that no timeout is near.
    const double Scale = 30;

    readonly TempFolder temp = new();
    readonly Interrupts interrupts = new();
    SimulatorServer? server;

    public Typed()
    {
        temp.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            limits: { max_credits: 500, attempts: 1 }
            """);
        temp.Write("data/messages.csv", "id,scene\nm01,a window\nm02,a train table\nm03,a quiet desk\n");
    }

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public TempFolder Folder => temp;

    /// <summary>What happens at the first line on standard error that holds a text.</summary>
    public (string Text, Action<Interrupts> Then)? When { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        interrupts.Dispose();
        temp.Dispose();
    }

    /// <summary>Runs a command line against a simulator, as if it were Runway; the faults are those of the first time.</summary>
    public Task<int> Pay(string faults, params string[] more) => PayFor("batch.yaml", faults, more);

    /// <summary>The same for a saved plan.</summary>
    public async Task<int> PayFor(string batch, string faults, params string[] more)
    {
        var plan = FaultPlan.Parse(faults, out var problem) ?? throw new ArgumentException(problem);
        server ??= await SimulatorServer.Start(
            new SimulatorOptions { TimeScale = Scale, Faults = plan },
            TimeProvider.System,
            TestContext.Current.CancellationToken);
        return await Run(["run", batch, "--base-url", server.BaseAddress.ToString(), .. more]);
    }

    /// <summary>Runs a command line.</summary>
    public async Task<int> Run(params string[] arguments)
    {
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(temp.FullPath);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new Heard(this);
        try
        {
            return await CommandLine.Run(arguments, new Surroundings
            {
                Output = output,
                Error = TextWriter.Synchronized(error),
                Variable = name => name switch { "RUNWAYML_API_SECRET" => "key_canary", "HOME" => temp["home"], _ => null },
                Time = new ScaledTime(TimeProvider.System, Scale, TimeProvider.System.GetUtcNow()),
                Interrupts = interrupts,
            });
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            (Output, Errors) = (output.ToString(), error.ToString());
        }
    }

    /// <summary>Standard error, with somebody who reads along.</summary>
    sealed class Heard(Typed typed) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (typed.When is { } when && value?.Contains(when.Text, StringComparison.Ordinal) == true)
            {
                typed.When = null;
                when.Then(typed.interrupts);
            }
        }
    }
}
