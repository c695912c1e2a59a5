using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Scheduling;

/// <summary>How long a plan will take is an estimate, and says from what.</summary>
public class PlanForecastSpecs
{
    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 450)]
    [InlineData(5, 90)]
    [InlineData(4, 135)]
    [InlineData(50, 45)]
    public void Before_anything_has_ended_it_is_a_guess_of_45_seconds_a_task(int slots, int seconds)
    {
        var forecast = PlanForecast.Of(Made([], MadeJobs.Several(10)), _ => slots);

        Assert.Equal((TimeSpan.FromSeconds(seconds), 10, 0), (forecast?.Duration, forecast?.Jobs, forecast?.Learnt));
    }

    [Fact]
    public void What_such_tasks_took_is_learnt_from_the_journal()
    {
        var known = MadeJobs.Several(6).Select((job, i) => Took(i + 1, job, 80 + (i * 8))).ToList();
        var plan = Made(known, MadeJobs.Several(16));

        var forecast = PlanForecast.Of(plan, _ => 5);

        Assert.Equal((TimeSpan.FromSeconds(200), 10, 10), (forecast?.Duration, forecast?.Jobs, forecast?.Learnt));
    }

    [Fact]
    public void Each_model_has_its_own_slots_and_the_slowest_decides()
    {
        var plan = Made([], [.. MadeJobs.Several(4), .. Enumerable.Range(4, 6).Select(i => MadeJobs.Job(i) with { Model = "gen4.5" })]);

        var forecast = PlanForecast.Of(plan, model => model == "gen4.5" ? 3 : 1);

        Assert.Equal(TimeSpan.FromSeconds(4 * 45), forecast?.Duration);
    }

    [Fact]
    public void Where_nothing_is_waited_for_there_is_none() => Assert.Null(
        PlanForecast.Of(Made([Took(1, MadeJobs.Job(0), 60)], [MadeJobs.Job(0)]), _ => 1));

    static Plan Made(IReadOnlyList<JournaledJob> known, IReadOnlyList<JobSpec> jobs) => Planner.Plan(
        MadeJobs.Batch(jobs), new JournalContents(null, known, [.. known.Select(job => job.Number)]));

    static JournaledJob Took(int number, JobSpec spec, int seconds)
    {
        JobEvent[] life =
        [
            new JobEvent.Intended(Nine, 1, 25), new JobEvent.Submitted(Nine, 1, new TaskId($"t{number}"), null),
            new JobEvent.Seen(Nine, 1, TaskStatus.Running, null), new JobEvent.Succeeded(Nine.AddSeconds(seconds), 1, 25) { Ran = TimeSpan.FromSeconds(seconds) },
            new JobEvent.Saved(Nine.AddSeconds(seconds), 1, [new JobFile(spec.Output + ".mp4", 1, "00")]),
        ];
        return new JournaledJob(number, spec, life.Aggregate(JobState.New, JobLife.Apply), null, true, 0);
    }
}
