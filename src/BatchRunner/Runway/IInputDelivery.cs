using BatchRunner.Expansion;

namespace BatchRunner.Runway;

/// <summary>
/// Makes the body to send from a job's canonical request: local files re-read and re-hashed, then embedded or uploaded.
/// May be repeated: nothing in it is paid for. Throws only when cancelled.
/// </summary>
interface IInputDelivery
{
    /// <summary>The body of <paramref name="job"/>, or why there is none.</summary>
    Task<DeliveryAnswer> Deliver(JobSpec job, CancellationToken cancel);
}

/// <summary>What became of delivering a job's inputs.</summary>
abstract record DeliveryAnswer
{
    /// <summary>The whole JSON request, as it is sent.</summary>
    public sealed record Ready(ReadOnlyMemory<byte> Body) : DeliveryAnswer;

    /// <summary>A local file is no longer what was hashed: the job fails before paying.</summary>
    public sealed record InputChanged(string Message) : DeliveryAnswer;

    /// <summary>An upload did not work; if transient, it may work later.</summary>
    public sealed record Failed(string Reason, bool IsTransient) : DeliveryAnswer;

    /// <summary>401 or 403 on the way.</summary>
    public sealed record KeyRefused(string Message) : DeliveryAnswer;
}
