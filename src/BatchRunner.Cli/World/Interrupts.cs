using System.Runtime.InteropServices;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.World;

/// <summary>Ctrl-C, SIGTERM and a closed terminal: once drains, twice aborts. The state on disk is true either way.</summary>
sealed class Interrupts : IDisposable
{
    readonly CancellationTokenSource drain = new();
    readonly CancellationTokenSource abort = new();
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    readonly List<PosixSignalRegistration> registrations = [];
    Action<int>? leave;
    ITimer? lastWord;
    int first;

    /// <summary>Submit nothing more; bring what is under way to a safe state.</summary>
    public CancellationToken Drain => drain.Token;

    /// <summary>Stop now.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>What the process ends with, or null if nobody interrupted it.</summary>
    public int? ExitCode => Volatile.Read(ref first) switch
    {
        0 => null,
        (int)PosixSignal.SIGTERM => Cli.ExitCode.Terminated,
        _ => Cli.ExitCode.Interrupted,
    };

    /// <summary>As the engine hears of it.</summary>
    public RunSignals Signals => new(
        () => ExitCode == Cli.ExitCode.Terminated ? StopReason.Terminated : StopReason.Interrupted, Drain, Abort);

    /// <summary>Told once, from another thread, when the first interrupt comes.</summary>
    public event EventHandler? Interrupted;

    /// <summary>Listens to the process' signals.</summary>
    public static Interrupts OfProcess()
    {
        var interrupts = new Interrupts { leave = Environment.Exit };
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            interrupts.registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interrupts.Signal(signal);
            }));
        }

        return interrupts;
    }

    /// <summary>One interrupt.</summary>
    public void Signal(PosixSignal signal)
    {
        if (Interlocked.CompareExchange(ref first, (int)signal, 0) != 0)
        {
            // A hanging disk must not hold somebody who has said twice that they want to leave; the journal is true.
            lastWord ??= TimeProvider.System.CreateTimer(
                _ => leave?.Invoke(ExitCode ?? Cli.ExitCode.Interrupted), null, Patience, Timeout.InfiniteTimeSpan);
            abort.Cancel();
            return;
        }

        Interrupted?.Invoke(this, EventArgs.Empty);
        drain.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        lastWord?.Dispose();
        drain.Dispose();
        abort.Dispose();
    }
}
