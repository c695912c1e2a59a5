using System.Text.Json;
using BatchRunner.Cli.World;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Faults;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>Somebody at a shell with a batch of three jobs of 24 credits, and a server that goes on between commands.</summary>
sealed class Desk : IAsyncDisposable
{
    const double Scale = 50;

    readonly TempFolder temp = new();
    readonly ScaledTime time = new(TimeProvider.System, Scale, TimeProvider.System.GetUtcNow());
    readonly SimulatorServer server;

    Desk(SimulatorServer server)
    {
        this.server = server;
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

    public TempFolder Folder => temp;

    /// <summary>What happens at the first line on standard error that holds a text.</summary>
    public (string Text, Action<Interrupts> Then)? When { get; set; }

    /// <summary>What is typed as an answer; null: nobody is there.</summary>
    public string? Answer { get; set; }

    /// <summary>No key in the environment.</summary>
    public bool HasNoKey { get; set; }

    public static async Task<Desk> Open(string faults = "", double scale = Scale)
    {
        var plan = FaultPlan.Parse(faults, out var problem) ?? throw new ArgumentException(problem);
        return new Desk(await SimulatorServer.Start(
            new SimulatorOptions { TimeScale = scale, Faults = plan }, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    /// <summary>Types a command line, words apart by blanks.</summary>
    public async Task<Said> Type(string line)
    {
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(temp.FullPath);
        using var output = new StringWriter { NewLine = "\n" };
        using var interrupts = new Interrupts();
        using var error = new Heard(this, interrupts);
        using var input = Answer is null ? null : new StringReader(Answer + "\n");
        try
        {
            var exit = await CommandLine.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Surroundings
            {
                Output = TextWriter.Synchronized(output),
                Error = TextWriter.Synchronized(error),
                Input = input,
                TalkWidth = input is null ? null : 1000,
                Variable = name => name switch
                {
                    "RUNWAYML_API_SECRET" => HasNoKey ? null : "key_canary",
                    "RUNWAYML_BASE_URL" => HasNoKey ? null : server.BaseAddress.ToString(),
                    "HOME" => temp["home"],
                    _ => null,
                },
                Time = time,
                Interrupts = interrupts,
            });
            return new Said(exit, output.ToString(), error.ToString());
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>The ids of all tasks ever made, in order.</summary>
    public async Task<IReadOnlyList<string>> Charges()
    {
        using var client = new HttpClient();
        using var ledger = JsonDocument.Parse(await client.GetStringAsync(
            new Uri(server.BaseAddress, "/_simulator/ledger"), TestContext.Current.CancellationToken));
        return [.. ledger.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("credits").GetDecimal() > 0).Select(entry => entry.GetProperty("task").GetString() ?? "")];
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        temp.Dispose();
    }

    /// <summary>Standard error, with somebody who reads along.</summary>
    sealed class Heard : StringWriter
    {
        readonly Desk desk;
        readonly Interrupts interrupts;

        public Heard(Desk desk, Interrupts interrupts) => (this.desk, this.interrupts, NewLine) = (desk, interrupts, "\n");

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (desk.When is { } when && value?.Contains(when.Text, StringComparison.Ordinal) == true)
            {
                desk.When = null;
                when.Then(interrupts);
            }
        }
    }
}

/// <summary>What a command line came to.</summary>
sealed record Said(int Exit, string Output, string Errors)
{
    /// <summary>The lines of the answer as JSON.</summary>
    public IReadOnlyList<JsonElement> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public override string ToString() => $"exit {Exit}\n{Output}\n{Errors}";
}
