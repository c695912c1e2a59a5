using BatchRunner.Downloads;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;
using BatchRunner.Planning;
using BatchRunner.Runway;
using Microsoft.Extensions.Logging;

namespace BatchRunner.Scheduling;

/// <summary>All that a run works with; every part of the world outside is one of them.</summary>
sealed record RunParts
{
    public required Plan Plan { get; init; }

    public required RunFolder Folder { get; init; }

    public required IJobStore Store { get; init; }

    public required IRunway Runway { get; init; }

    public required IInputDelivery Delivery { get; init; }

    public required IDownloads Downloads { get; init; }

    public required IRunView View { get; init; }

    public required ILogger Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>From 0 to 1, for jitter.</summary>
    public required Func<double> Dice { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>What the jobs were made from, for who asks later; null: nobody says.</summary>
    public RunOrigin? Origin { get; init; }
}

/// <summary>How a run is stopped from outside.</summary>
/// <param name="Why">Asked once drained: Ctrl-C or SIGTERM.</param>
/// <param name="Drain">Submit nothing more, end what can't be repeated, record, leave.</param>
/// <param name="Abort">Leave now; the journal is already true.</param>
sealed record RunSignals(Func<StopReason> Why, CancellationToken Drain, CancellationToken Abort)
{
    /// <summary>Nobody will stop it.</summary>
    public static RunSignals None { get; } = new(() => StopReason.Interrupted, default, default);
}
