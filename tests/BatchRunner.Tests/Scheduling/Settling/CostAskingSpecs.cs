using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling.Settling;

/// <summary>What nobody told stays reserved, and a word that comes later settles it.</summary>
public class CostAskingSpecs
{
    [Fact]
    public async Task A_cost_that_is_told_later_settles_the_reservation()
    {
        using var bench = new RunBench();
        var isTold = false;
        bench.Runway.Ask = task => isTold ? null : new TaskAnswer.Found(task.At(bench.Clock.GetUtcNow()) with { CostCredits = null });

        var outcome = await bench.Run(MadeJobs.Several(2));
        Assert.Equal((0, 0m, 50m), (outcome.ExitCode, outcome.Summary.Spent, outcome.Summary.Reserved));
        AssertAgreed(bench);

        isTold = true;
        outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((0, 75m, 0m), (outcome.ExitCode, outcome.Summary.Spent, outcome.Summary.Reserved));
        AssertAgreed(bench);
    }

    [Fact]
    public async Task A_task_that_is_gone_keeps_its_reservation_and_nothing_is_paid_for_it_again()
    {
        using var bench = new RunBench();
        bench.Runway.Ask = task => new TaskAnswer.Found(task.At(bench.Clock.GetUtcNow()) with { CostCredits = null });
        await bench.Run(MadeJobs.Several(1));
        await bench.Runway.Delete(new TaskId("task-1"), TestContext.Current.CancellationToken);

        bench.Runway.Ask = _ => null;
        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((0, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal((25m, 25m), (outcome.Summary.Spent, outcome.Summary.Reserved));
        AssertAgreed(bench);
    }

    [Fact]
    public async Task Money_that_is_settled_before_the_first_create_may_be_spent()
    {
        using var bench = new RunBench();
        bench.Options = new() { MaxCredits = 40 };
        bench.Runway.Script = (_, _) => new FakeScript { Cost = 10 };
        var isTold = false;
        bench.Runway.Ask = task => isTold ? null : new TaskAnswer.Found(task.At(bench.Clock.GetUtcNow()) with { CostCredits = null });
        await bench.Run(MadeJobs.Several(1));

        isTold = true;
        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((0, 20m, 0m), (outcome.ExitCode, outcome.Summary.Spent, outcome.Summary.Reserved));
    }

    // What results.csv says and what the budget says are the same money.
    static void AssertAgreed(RunBench bench)
    {
        var rows = ResultsTable.Of(bench.Journal).Rows;
        Assert.Equal(bench.Journal.Spent, rows.Sum(row => row.CostCredits ?? 0));
        Assert.Equal(bench.Journal.Reserved, rows.Sum(row => row.State.Reserved));
        Assert.All(rows.Where(row => row.CostCredits is null), row => Assert.Contains(row.State.Attempts, attempt => attempt.Cost is null));
    }
}
