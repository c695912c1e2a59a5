using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchRunner.Journaling;
using BatchRunner.Simulator;

namespace BatchRunner.Chaos;

/// <summary>One batch to torment: its manifest, its folder, the account it pays from and the wire between.</summary>
sealed class Stage : IAsyncDisposable
{
    /// <summary>Slots of the account, and `concurrency`.</summary>
    public const int Slots = 8;

    /// <summary>What `ahead` is by itself for that many slots.</summary>
    public const int Ahead = 2;

    /// <summary>`poll_interval`.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    Stage(string folder, int jobs, SimulatorServer server, Wire wire) =>
        (Folder, Jobs, Server, Wire, Told) = (folder, jobs, server, wire, new Simulated(server.BaseAddress));

    public string Folder { get; }

    public int Jobs { get; }

    public SimulatorServer Server { get; }

    public Wire Wire { get; }

    /// <summary>What the simulator tells.</summary>
    public Simulated Told { get; }

    public RunFolder Run => new(Path.Combine(Folder, "out", "chaos"));

    /// <summary>A batch of text-to-video jobs of two seconds each, against an account of its own.</summary>
    public static async Task<Stage> Set(int jobs, long seed, SimulatorOptions? options = null, string limits = ", stop_after_unknown: 0")
    {
        var folder = Directory.CreateTempSubdirectory("batchrunner-chaos-").FullName;
        var rows = new StringBuilder("id,subject\n");
        for (var i = 0; i < jobs; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"s{i:0000},subject number {i} of seed {seed}\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "subjects.csv"), rows.ToString());
        options = (options ?? new SimulatorOptions { TimeScale = 200 }) with { Seed = seed, Slots = Slots, SamePicture = true };
        var server = await SimulatorServer.Start(options, TimeProvider.System, CancellationToken.None);
        var stage = new Stage(folder, jobs, server, new Wire(server.BaseAddress));
        await stage.Limit(limits);
        return stage;
    }

    /// <summary>Writes the manifest with these limits beside the usual ones.</summary>
    public Task Limit(string limits) => File.WriteAllTextAsync(
        Path.Combine(Folder, "batch.yaml"), Manifest.Replace("LIMITS", limits, StringComparison.Ordinal));

    /// <summary>Starts the program on it, over the wire or straight.</summary>
    public Child Start(IReadOnlyList<string> under, string key = "key_chaos", bool isStraight = false)
    {
        var isNew = !File.Exists(Run.Journal) || new FileInfo(Run.Journal).Length == 0;
        string[] words =
        [
            "run", "batch.yaml", "--base-url", (isStraight ? Server.BaseAddress : Wire.Address).ToString(), "--yes", "--plain",
            .. isNew ? new[] { "--new" } : [],
        ];
        return Child.Start(Folder, key, under, words);
    }

    /// <summary>Waits until a program has sent its first request, or has ended: a loaded machine takes seconds to start one.</summary>
    /// <param name="child">The program.</param>
    /// <param name="connections">How many connections there were before it.</param>
    public async Task FirstRequest(Child child, int connections)
    {
        var clock = Stopwatch.StartNew();
        while (Wire.ConnectionCount <= connections && !child.HasExited && clock.Elapsed < TimeSpan.FromMinutes(2))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>What the journal knows, read beside whoever writes it.</summary>
    public JournalContents Journal() => BatchRunner.Journaling.Journal.Read(Run) switch
    {
        ReadAnswer.Found found => found.Contents,
        ReadAnswer.Refused refused => throw new InvalidDataException(refused.Problem.Message),
        _ => JournalContents.Empty,
    };

    public async ValueTask DisposeAsync()
    {
        Told.Dispose();
        await Wire.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    const string Manifest = """
        version: 1
        name: chaos
        templates:
          plain: "{{ item.subject }} turning slowly in plain light"
        variables:
          item: subjects.csv
        request: { model: gen4.5, ratio: "1280:720", duration: 2 }
        limits: { poll_interval: 50ms, concurrency: 8, max_jobs: 100000LIMITS }
        """;
}
