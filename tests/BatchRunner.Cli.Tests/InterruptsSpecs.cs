using System.Runtime.InteropServices;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Tests;

public sealed class InterruptsSpecs : IDisposable
{
    readonly Interrupts interrupts = new();

    public void Dispose() => interrupts.Dispose();

    [Fact]
    public void Once_drains_and_twice_aborts()
    {
        var told = 0;
        interrupts.Interrupted += (_, _) => told++;

        interrupts.Signal(PosixSignal.SIGINT);
        Assert.Equal((true, false), (interrupts.Drain.IsCancellationRequested, interrupts.Abort.IsCancellationRequested));

        interrupts.Signal(PosixSignal.SIGINT);
        Assert.True(interrupts.Abort.IsCancellationRequested);
        Assert.Equal(1, told);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void The_first_one_gives_the_exit_code(PosixSignal signal, int exit)
    {
        Assert.Null(interrupts.ExitCode);

        interrupts.Signal(signal);
        interrupts.Signal(PosixSignal.SIGINT);

        Assert.Equal(exit, interrupts.ExitCode);
    }
}
