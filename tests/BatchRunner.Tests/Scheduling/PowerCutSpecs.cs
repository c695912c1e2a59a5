using BatchRunner.Jobs;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class PowerCutSpecs
{
    const int Jobs = 5;

    // Some jobs fail once for nothing, so that second attempts are cut off too.
    static Func<int, string, FakeScript> Script(RunBench bench) => (_, key) =>
        key[0] % 2 == 0 && bench.Runway.Ledger.All(task => task.Key != key)
            ? new FakeScript { IsFailed = true, FailureCode = "INTERNAL" }
            : new FakeScript();

    public static TheoryData<bool> Sides => [true, false];

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task However_often_the_power_goes_nothing_is_paid_twice_and_nothing_is_lost(bool isBeforeWrite)
    {
        for (var after = 1; ; after++)
        {
            using var bench = new RunBench();
            bench.Runway.Script = Script(bench);
            PowerCut? cut = null;
            bench.Wrap = store => cut = new PowerCut(store, after, isBeforeWrite);

            var wasCut = await RunUntilDark(bench);
            bench.Wrap = store => store;
            var outcome = await bench.Run(MadeJobs.Several(Jobs));

            AssertPromises(bench, wasCut ? 1 : 0, $"after {after} facts, {(isBeforeWrite ? "before" : "behind")} the write");
            Assert.True(Jobs == outcome.Summary.Done + outcome.Summary.Unknown, $"after {after}: {outcome.Summary}");
            var creates = bench.Runway.CreateCount;
            await bench.Run(MadeJobs.Several(Jobs));
            Assert.Equal(creates, bench.Runway.CreateCount);
            if (!wasCut)
            {
                Assert.InRange(after, Jobs * 5, int.MaxValue);
                return;
            }
        }
    }

    [Fact]
    public async Task The_power_may_go_in_every_run_until_there_is_nothing_left_to_do()
    {
        for (var step = 2; step <= 12; step++)
        {
            using var bench = new RunBench();
            bench.Runway.Script = Script(bench);
            bench.Wrap = store => new PowerCut(store, step, isBeforeWrite: false);

            var cuts = 0;
            while (await RunUntilDark(bench))
            {
                cuts++;
                Assert.InRange(cuts, 0, 100);
            }

            AssertPromises(bench, cuts, $"every {step} facts");
        }
    }

    static async Task<bool> RunUntilDark(RunBench bench)
    {
        try
        {
            await bench.Run(MadeJobs.Several(Jobs));
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
    }

    static void AssertPromises(RunBench bench, int cuts, string when)
    {
        var charges = bench.Runway.Ledger.Where(task => task.Charge > 0).GroupBy(task => task.Key).ToList();
        var journal = bench.Journal;
        var ids = journal.Jobs.SelectMany(job => job.State.Attempts).Select(attempt => attempt.Task?.Value).ToHashSet();
        var unknown = journal.Jobs.Count(job => job.State.Phase == JobPhase.Unknown);

        Assert.True(charges.TrueForAll(job => job.Count() == 1), $"paid twice {when}");
        Assert.True(unknown <= cuts, $"{unknown} unknown {when}");
        Assert.All(charges, job => Assert.True(
            ids.Contains(job.Single().Id.Value) || journal.Find(new(job.Key))?.State.Phase == JobPhase.Unknown,
            $"a charge nobody knows of {when}"));
        Assert.True(bench.Runway.Charged <= journal.Spent + journal.Reserved, $"more charged than booked {when}");
        foreach (var job in journal.Jobs.Where(job => job.State.Phase == JobPhase.Done))
        {
            Assert.Equal(
                $"/{job.State.Task}/0", File.ReadAllText(bench.Folder.PathOf(job.State.Files[0].Path)));
        }
    }
}
