using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Results;

/// <summary>A failed row explains itself: what the code means, whether it was charged, what to do.</summary>
public class FailureWordsSpecs
{
    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    // Every code of Runway's list (the set is open), as it comes, and what a row says of it.
    const string Table = """
        SAFETY.INPUT.TEXT             | refused the prompt or the image, which it charges as a rule | change the prompt or the image
        SAFETY.INPUT.IMAGE            | refused the prompt or the image, which it charges as a rule | change the prompt or the image
        SAFETY.INPUT.VIDEO            | refused the prompt or the image, which it charges as a rule | change the prompt or the image
        SAFETY.OUTPUT.VIDEO           | refused what was generated                                  | change the prompt or the image
        INPUT_PREPROCESSING.SAFETY.TEXT | refused the prompt before generating                      | change the prompt
        INPUT_PREPROCESSING.INTERNAL  | could not prepare the inputs                                | run again with `--only failed`
        INTERNAL.BAD_OUTPUT.01        | unusable; the same request is unlikely to do better         | change the prompt or the image
        INTERNAL.BAD_OUTPUT.CODE01    | unusable; the same request is unlikely to do better         | change the prompt or the image
        ASSET.INVALID                 | dimensions, a length or a format that this model            | change the file
        THIRD_PARTY.UNAVAILABLE       | the model's own provider was not available                  | run again later with `--only failed`
        INTERNAL                      | something broke at Runway                                   | run again with `--only failed`
                                      | something broke at Runway                                   | run again with `--only failed`
        SOMETHING.NEW                 | a code this version does not know                           | read the code in Runway's documentation
        """;

    public static TheoryData<string, string, string> Rows => [.. Table.Split('\n')
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(row => new TheoryDataRow<string, string, string>(row[0], row[1], row[2]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_code_has_a_meaning_a_charge_and_a_next_step(string code, string meaning, string next)
    {
        var charged = Row(code.Length == 0 ? null : code, 25);
        var free = Row(code.Length == 0 ? null : code, 0);
        var untold = Row(code.Length == 0 ? null : code, null);

        Assert.Equal(code.Length == 0 ? "internal" : code, charged.FailureCode);
        Assert.StartsWith("it said so; ", charged.Failure, StringComparison.Ordinal);
        Assert.Contains(meaning, charged.Failure, StringComparison.Ordinal);
        Assert.EndsWith("; 25 credits charged", charged.Failure, StringComparison.Ordinal);
        Assert.EndsWith("; not charged", free.Failure, StringComparison.Ordinal);
        Assert.EndsWith("; nobody said whether it was charged, so 25 credits stay reserved", untold.Failure, StringComparison.Ordinal);
        Assert.StartsWith(next, charged.NextStep, StringComparison.Ordinal);
    }

    public static TheoryData<string> Classes => [.. FailureClasses.All.Select(found => found.Name)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_class_of_ours_is_explained_in_the_row(string name)
    {
        var found = FailureClasses.Named(name);
        Assert.NotNull(found);
        var state = JobLife.Apply(JobState.New, new JobEvent.Failed(Nine, 0, new JobFailure(null, name, found.MayRepeat, "it said so."), null));
        var row = new ResultRow(MadeJobs.Job(0), state);

        Assert.Equal((name, $"it said so; {found.Meaning}", found.NextStep), (row.FailureCode, row.Failure, row.NextStep));
    }

    [Fact]
    public void What_an_earlier_attempt_cost_is_counted()
    {
        JobEvent[] life =
        [
            new JobEvent.Intended(Nine, 1, 25), new JobEvent.Submitted(Nine, 1, new TaskId("t1"), null), Failed("SAFETY.INPUT.TEXT", 25, 1),
            new JobEvent.RetryAsked(Nine),
            new JobEvent.Intended(Nine, 2, 25), new JobEvent.Submitted(Nine, 2, new TaskId("t2"), null), Failed("INTERNAL", null, 2),
        ];

        Assert.EndsWith(
            "; 25 credits charged, and 25 credits stay reserved, for nobody said what the rest cost",
            new ResultRow(MadeJobs.Job(0), life.Aggregate(JobState.New, JobLife.Apply)).Failure, StringComparison.Ordinal);
    }

    static ResultRow Row(string? code, decimal? cost)
    {
        JobEvent[] life = [new JobEvent.Intended(Nine, 1, 25), new JobEvent.Submitted(Nine, 1, new TaskId("t1"), null), Failed(code, cost, 1)];
        return new ResultRow(MadeJobs.Job(0), life.Aggregate(JobState.New, JobLife.Apply));
    }

    static JobEvent.Failed Failed(string? code, decimal? cost, int fence)
    {
        var found = FailureClasses.Of(code);
        return new JobEvent.Failed(Nine, fence, new JobFailure(code, found.Name, found.MayRepeat, "it said so."), cost);
    }
}
