using System.Text;
using System.Text.Json.Nodes;
using BatchRunner.EndToEnd.Support;
using BatchRunner.Journaling;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Api;
using BatchRunner.Simulator.Faults;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

/// <summary>The promise that nothing is paid twice, over HTTP, with the simulator's ledger as judge.</summary>
public sealed class LostAnswerSpecs : IDisposable
{
    const int Jobs = 200;

    // A fifth of the creates is charged and then not answered, in each of the ways an answer gets lost.
    const string Losses = "post:rst-after=5%, post:fin-after=5%, post:half-after=5%, post:500-after=5%";

    readonly TempFolder temp = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_fifth_of_the_answers_lost_after_the_charge_are_unknown_jobs_and_no_charge_comes_twice()
    {
        await using var server = await Serve(Losses);
        var batch = Read(server);

        var outcome = await batch.Run(Stop, Stop);

        var charges = server.Ledger.Where(entry => !entry.IsRefund).ToList();
        Assert.Equal(Jobs, charges.Count);
        Assert.Equal(Jobs, charges.Select(charge => charge.RequestHash).Distinct().Count());

        // A task whose id nobody was told: its job, and no other, is unknown.
        var rows = ResultsSheet.Read(temp["out/results.csv"]);
        var told = rows.Select(row => row["task_id"]).ToHashSet();
        var lost = charges.Where(charge => !told.Contains(charge.TaskId)).Select(charge => charge.RequestHash).ToHashSet();
        var unknown = rows.Where(row => row["status"] == "unknown").Select(row => HashOf(row["job"])).ToHashSet();
        Assert.InRange(lost.Count, Jobs / 10, Jobs * 3 / 10);
        Assert.Equal(lost.Order(), unknown.Order());
        Assert.Equal(Jobs - lost.Count, rows.Count(row => row["status"] == "done"));
        Assert.Equal((7, lost.Count), (outcome.ExitCode, outcome.UnknownCount));

        // What was charged is spent or reserved, to the credit.
        Assert.Equal(charges.Sum(charge => charge.Credits), outcome.Spent + outcome.Reserved);

        var again = await batch.Run(Stop, Stop);

        Assert.Equal(Jobs, server.Ledger.Count(entry => !entry.IsRefund));
        Assert.Equal((7, lost.Count), (again.ExitCode, again.UnknownCount));
    }

    string HashOf(string id)
    {
        var found = Assert.IsType<ReadAnswer.Found>(Journal.Read(new RunFolder(temp["out"])));
        var job = Assert.Single(found.Contents.Planned, job => job.Spec.Id == id);
        return RequestHash.Of(job.Spec.Endpoint, JsonNode.Parse(job.Spec.Request)?.AsObject() ?? [], _ => null);
    }

    static Task<SimulatorServer> Serve(string faults) => SimulatorServer.Start(
        new SimulatorOptions
        {
            TimeScale = 1000,
            Slots = 50,
            Faults = FaultPlan.Parse(faults, out var problem) ?? throw new ArgumentException(problem),
        },
        TimeProvider.System,
        Stop);

    Batch Read(SimulatorServer server)
    {
        var manifest = temp.Write("batch.yaml", """
            version: 1
            name: lost
            templates: { calm: "a bottle on linen, number {{ shot.id }}" }
            variables: { shot: shots.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            limits: { max_credits: 10000, stop_after_unknown: 0, poll_interval: 100ms }
            """);
        var sheet = new StringBuilder("id\n");
        foreach (var number in Enumerable.Range(1, Jobs))
        {
            sheet.Append('s').Append(number).Append('\n');
        }

        temp.Write("shots.csv", sheet.ToString());
        var settings = new BatchSettings
        {
            Folder = temp["out"],
            Key = "key_of_the_test",
            Address = server.BaseAddress.ToString(),
            EmergencyFolder = temp["emergency"],
        };
        var batch = Batch.Read(manifest, settings, out var problems, Stop);
        Assert.True(batch is not null, string.Join('\n', problems));
        return batch;
    }
}
