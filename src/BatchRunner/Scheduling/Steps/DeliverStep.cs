using BatchRunner.Downloads;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;

namespace BatchRunner.Scheduling.Steps;

/// <summary>Before any intent: the output's place is free, and the inputs are what was hashed and ready to send.</summary>
sealed class DeliverStep(
    IJobStore store, IInputDelivery delivery, RunFolder folder, Superseding superseding, RunClock clock)
{
    /// <summary>The body to send, or the fact that ends the order here.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, Fact? Instead)> Take(Work work, CancellationToken cancel)
    {
        if (Occupied(work) is { } reason)
        {
            return (default, await Fail(work, FailureClasses.OutputOccupied, reason, cancel));
        }

        return await delivery.Deliver(work.Spec, cancel) switch
        {
            DeliveryAnswer.Ready ready => (ready.Body, null),
            DeliveryAnswer.InputChanged changed => (default, await Fail(work, FailureClasses.InputChanged, changed.Message, cancel)),
            DeliveryAnswer.Failed { IsTransient: false } failed =>
                (default, await Fail(work, FailureClasses.InputNotDelivered, failed.Reason, cancel)),
            DeliveryAnswer.Failed failed =>
                (default, new Fact.NotSubmitted(work, work.State, Obstacle.NotDelivered, failed.Reason, null)),
            DeliveryAnswer.KeyRefused refused =>
                (default, new Fact.NotSubmitted(work, work.State, Obstacle.KeyRefused, refused.Message, null)),
            var other => throw new InvalidOperationException($"no such answer: {other}"),
        };
    }

    string? Occupied(Work work)
    {
        var path = OutputPaths.Of(work.Spec.Output, 0, work.Spec.Extension);
        var part = PartFile.NameOf(path);
        try
        {
            return OutputFolder.Prepare(folder, path)
                ?? (superseding.WillFree(path) ? superseding.Obstacle(path)
                    : IsThere(path) ? $"`{path}` exists and is not this job's"
                    : null)
                ?? (IsThere(part) && !IsLeftByDownload(part, work.Spec.Output) ? $"`{part}` exists and is not this job's" : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"`{path}` can't be made: {Disk.Describe(error)}";
        }
    }

    // A link that leads nowhere is there too.
    bool IsThere(string path) => new FileInfo(folder.PathOf(path)) is var it && (it.LinkTarget is not null || Path.Exists(it.FullName));

    // A run that was killed leaves its part, which the next download of that output removes; anybody else's file is not ours.
    bool IsLeftByDownload(string part, string output) => !Directory.Exists(folder.PathOf(part))
        && store.Contents.Jobs.Any(job => job.Spec.Output.Equals(output, StringComparison.OrdinalIgnoreCase)
            && job.State.Attempts.Any(attempt => attempt.Task is not null));

    async Task<Fact> Fail(Work work, FailureClass why, string message, CancellationToken cancel)
    {
        var failure = new JobFailure(null, why.Name, why.MayRepeat, message);
        return Outcome.Of(work, await store.Append(work.Spec.Key, new JobEvent.Failed(clock.Now, 0, failure, null), cancel));
    }
}
