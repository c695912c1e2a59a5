using BatchRunner.Scheduling;

namespace BatchRunner.Tests.Scheduling;

public class ExitCodeSpecs
{
    static readonly (StopReason[] Stops, int Running, int Unknown, int Failed, int Planned, int Exit)[] Cases =
    [
        ([], 0, 0, 0, 0, 0),
        ([], 0, 0, 1, 0, 3),
        ([], 0, 1, 0, 0, 7),
        ([], 1, 0, 1, 0, 7),
        ([], 0, 0, 0, 1, 7),
        ([StopReason.Budget], 0, 0, 1, 1, 5),
        ([StopReason.MaxDuration], 1, 0, 0, 1, 5),
        ([StopReason.TooManyFailures], 0, 0, 5, 1, 5),
        ([StopReason.TooManyUnknown], 0, 5, 0, 1, 5),
        ([StopReason.DearerThanPlanned], 0, 0, 0, 1, 5),
        ([StopReason.KeptBusy], 0, 0, 0, 1, 5),
        ([StopReason.NoCredits, StopReason.Budget], 0, 1, 1, 1, 6),
        ([StopReason.DailyCap], 0, 0, 0, 1, 6),
        ([StopReason.KeyRefused], 1, 0, 0, 1, 6),
        ([StopReason.DiskFailed, StopReason.KeyRefused], 1, 1, 1, 1, 11),
        ([StopReason.Unexpected, StopReason.DiskFailed], 1, 1, 1, 1, 1),
        ([StopReason.Interrupted, StopReason.Unexpected], 1, 1, 1, 1, 130),
        ([StopReason.Terminated, StopReason.DiskFailed], 1, 1, 1, 1, 143),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_gravest_reason_gives_the_code(int row)
    {
        var (stops, running, unknown, failed, planned, exit) = Cases[row];

        Assert.Equal(exit, new RunOutcome
        {
            Summary = new RunSummary { Total = 9 },
            Stops = [.. stops],
            RunningCount = running,
            UnknownCount = unknown,
            FailedCount = failed,
            PlannedCount = planned,
        }.ExitCode);
    }

    [Fact]
    public void Every_reason_to_stop_has_a_code() => Assert.All(
        Enum.GetValues<StopReason>(),
        reason => Assert.NotEqual(0, new RunOutcome { Summary = new RunSummary { Total = 0 }, Stops = [reason] }.ExitCode));
}
