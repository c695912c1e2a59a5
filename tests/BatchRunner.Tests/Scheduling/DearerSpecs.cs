using BatchRunner.Catalogue;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

/// <summary>Runway asks for more than the catalogue says: that model stops until a newer catalogue is given.</summary>
public class DearerSpecs
{
    [Fact]
    public async Task An_estimate_above_the_price_raises_the_reservation_and_stops_that_model()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (_, _) => new FakeScript { Estimate = 40, Cost = 40 };

        var outcome = await bench.Run(MadeJobs.Several(8));

        Assert.Equal(5, outcome.ExitCode);
        Assert.Contains(StopReason.DearerThanPlanned, outcome.Stops);
        Assert.InRange(outcome.Summary.Done, 1, 2);
        Assert.Equal(outcome.Summary.Done * 40, outcome.Summary.Spent);
    }

    [Fact]
    public async Task An_estimate_that_rises_while_the_task_waits_stops_it_too()
    {
        using var bench = new RunBench(slots: 1);
        bench.Runway.Ask = task => task.Asks.Count == 1
            ? new TaskAnswer.Found(task.At(bench.Clock.GetUtcNow()) with { EstimatedCredits = 60 })
            : null;

        var outcome = await bench.Run(MadeJobs.Several(12));

        Assert.Equal(5, outcome.ExitCode);
        Assert.InRange(bench.Runway.CreateCount, 1, 4);
    }

    [Fact]
    public async Task A_cost_above_the_price_stops_the_model_in_every_run_until_a_newer_catalogue_is_given()
    {
        using var bench = new RunBench(slots: 1);
        bench.Runway.Script = (number, _) => new FakeScript { Cost = number == 1 ? 30 : 25 };

        var outcome = await bench.Run(MadeJobs.Several(12));
        var made = bench.Runway.CreateCount;
        Assert.Equal(5, outcome.ExitCode);
        Assert.InRange(made, 1, 4);

        outcome = await bench.Run(MadeJobs.Several(12));
        Assert.Equal((5, made), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Contains(bench.View.Notes, note => note == Told(30));

        // A day later than the one that was wrong.
        bench.Change = plan => With(plan, ModelCatalogue.BuiltIn.Date.AddDays(1));
        outcome = await bench.Run(MadeJobs.Several(12));
        Assert.Equal((0, 12), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task It_holds_although_the_dear_job_is_planned_no_more_and_says_nothing_when_nothing_is_to_be_submitted()
    {
        using var bench = new RunBench(slots: 1);
        bench.Runway.Script = (_, _) => new FakeScript { Cost = 30 };
        await bench.Run(MadeJobs.Several(1));

        var done = await bench.Run(MadeJobs.Several(1));
        var stopped = await bench.Run([MadeJobs.Job(7)]);

        Assert.Equal((0, 5, 1), (done.ExitCode, stopped.ExitCode, bench.Runway.CreateCount));
    }

    static string Told(decimal credits) =>
        $"Runway says {credits} credits for `job-0001`, and the catalogue of {ModelCatalogue.BuiltIn.Date:yyyy-MM-dd} says 25: "
            + "nothing more of `gen4_turbo` is submitted until `--models` names a newer one";

    static Plan With(Plan plan, DateOnly day) => plan with
    {
        Batch = plan.Batch with { Catalogue = new ModelCatalogue(day, "a test", ModelCatalogue.BuiltIn.Models) },
    };
}
