using System.Text.Json;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Faults;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>
/// Somebody at a shell with a batch of three jobs of 24 credits, and a server that goes on between commands. It is
/// started by the first command that is to pay, with the faults named then, or by <see cref="Open"/>.
/// </summary>
sealed class Desk : IAsyncDisposable
{
    // Fast enough that a clip is there in a second, slow enough that no timeout is near.
    const double Scale = 50;

    readonly TempFolder temp = new();
    readonly Lazy<TimeProvider> time;
    SimulatorServer? server;

    public Desk()
        : this(null)
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

    Desk(TimeProvider? clock) =>
        time = new(() => clock ?? new ScaledTime(TimeProvider.System, Scale, TimeProvider.System.GetUtcNow() + Ahead));

    public TempFolder Folder => temp;

    /// <summary>Where the server listens; null: there is none yet.</summary>
    public Uri? Server => server?.BaseAddress;

    /// <summary>What journals are written to.</summary>
    public IDisk Disk { get; set; } = new LocalDisk();

    /// <summary>What the last command answered.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last command said on standard error.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>What happens at the first line on standard error that holds a text.</summary>
    public (string Text, Action<Interrupts> Then)? When { get; set; }

    /// <summary>A signal that comes before a command has begun; null: none.</summary>
    public System.Runtime.InteropServices.PosixSignal? Signal { get; set; }

    /// <summary>What is typed as an answer, a line for each question; null: nobody is there.</summary>
    public string? Answer { get; set; }

    /// <summary>How wrong this machine's clock is; to be set before the first command.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>No key in the environment.</summary>
    public bool HasNoKey { get; set; }

    /// <summary>Further variables of the environment; they come before the desk's own.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>A desk whose server runs, and is named in the environment.</summary>
    public static async Task<Desk> Open(string faults = "", double scale = Scale)
    {
        var desk = new Desk();
        await desk.Serve(faults, scale);
        return desk;
    }

    /// <summary>A desk with nothing on it, and no key.</summary>
    /// <param name="clock">Its clock; null: one that runs as fast as the server's.</param>
    public static Desk Bare(TimeProvider? clock) => new(clock) { HasNoKey = true };

    /// <summary>Starts its server, if there is none; from then on it is named in the environment, with a key.</summary>
    public async Task Start(string faults)
    {
        await Serve(faults, Scale);
        HasNoKey = false;
    }

    /// <summary>Types a command line, words apart by blanks.</summary>
    public async Task<Said> Type(string line) =>
        new(await Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Output, Errors);

    /// <summary>Runs the batch against the server, as if it were Runway; the faults are those of the first time.</summary>
    public Task<int> Pay(string faults, params string[] more) => PayFor("batch.yaml", faults, more);

    /// <summary>The same for a saved plan.</summary>
    public async Task<int> PayFor(string batch, string faults, params string[] more)
    {
        var address = await Serve(faults, Scale);
        return await Run(["run", batch, "--base-url", address.ToString(), .. more]);
    }

    /// <summary>Runs a command line.</summary>
    public async Task<int> Run(params string[] arguments)
    {
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(temp.FullPath);
        using var output = new StringWriter { NewLine = "\n" };
        using var interrupts = new Interrupts();
        using var error = new Heard(this, interrupts);
        if (Signal is { } early)
        {
            interrupts.Signal(early);
        }

        using var input = Answer is null ? null : new StringReader(Answer + "\n");
        try
        {
            return await CommandLine.Run(arguments, new Surroundings
            {
                Output = TextWriter.Synchronized(output),
                Error = TextWriter.Synchronized(error),
                Input = input,
                TalkWidth = input is null ? null : 1000,
                Variable = Variable,
                Time = time.Value,
                Disk = Disk,
                Interrupts = interrupts,
            });
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            (Output, Errors) = (output.ToString(), error.ToString());
        }
    }

    /// <summary>How often a path was asked for.</summary>
    public async Task<int> Requests(string path)
    {
        using var client = new HttpClient();
        using var requests = JsonDocument.Parse(await client.GetStringAsync(
            new Uri(await Serve("", Scale), "/_simulator/requests"), TestContext.Current.CancellationToken));
        return requests.RootElement.GetProperty("requests").EnumerateArray().Count(one => one.GetProperty("path").GetString() == path);
    }

    /// <summary>The ids of all tasks that were charged for, in order.</summary>
    public async Task<IReadOnlyList<string>> Charges()
    {
        using var client = new HttpClient();
        var address = await Serve("", Scale);
        using var ledger = JsonDocument.Parse(await client.GetStringAsync(
            new Uri(address, "/_simulator/ledger"), TestContext.Current.CancellationToken));
        return [.. ledger.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("credits").GetDecimal() > 0).Select(entry => entry.GetProperty("task").GetString() ?? "")];
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        temp.Dispose();
    }

    async Task<Uri> Serve(string faults, double scale)
    {
        var plan = FaultPlan.Parse(faults, out var problem) ?? throw new ArgumentException(problem);
        server ??= await SimulatorServer.Start(
            new SimulatorOptions { TimeScale = scale, VideoSeconds = new(3, 12), Faults = plan }, TimeProvider.System, TestContext.Current.CancellationToken);
        return server.BaseAddress;
    }

    /// <summary>A variable of the environment; an empty one is none.</summary>
    public string? Variable(string name) => Variables.TryGetValue(name, out var said) ? (said.Length > 0 ? said : null) : name switch
    {
        "RUNWAYML_API_SECRET" => HasNoKey ? null : "key_canary",
        "RUNWAYML_BASE_URL" => HasNoKey ? null : server?.BaseAddress.ToString(),
        "HOME" => temp["home"],
        _ => null,
    };

    /// <summary>Standard error, with somebody who reads along.</summary>
    sealed class Heard : StringWriter
    {
        readonly Desk desk;
        readonly Interrupts interrupts;

        public Heard(Desk desk, Interrupts interrupts) => (this.desk, this.interrupts, NewLine) = (desk, interrupts, "\n");

        public override void Write(string? value)
        {
            base.Write(value);
            Hear(value);
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            Hear(value);
        }

        void Hear(string? value)
        {
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
