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
    const string Probe = ".batchrunner-probe";

    readonly HashSet<string> writable = new(StringComparer.Ordinal);

    /// <summary>The body to send, or the fact that ends the order here.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, Fact? Instead)> Take(Work work, CancellationToken cancel)
    {
        if (Occupied(work) is { } reason)
        {
            return (default, await Fail(work, FailureClasses.OutputOccupied, reason, cancel));
        }

        if (Unwritable(work) is { } trouble)
        {
            return (default, new Fact.DiskFailed(work, work.State, trouble));
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

    // The folder that takes the journal says nothing about one below it: each is written into once before anything is paid.
    string? Unwritable(Work work)
    {
        var path = Path.GetDirectoryName(folder.PathOf(OutputPaths.Of(work.Spec.Output, 0, work.Spec.Extension))) ?? folder.Root;
        if (writable.Contains(path))
        {
            return null;
        }

        try
        {
            using var held = HeldFolder.Open(folder.Root, path, out _) ?? throw new IOException("a link is in the way");
            using var probe = new PartFile(held, Probe);
            probe.Write("?"u8);
            Disk.Sync(probe.Handle);
            writable.Add(path);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"the folder of `{work.Spec.Output}` can't be written: {Disk.Describe(error)}; nothing more is submitted";
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
        return Outcome.Of(work, await store.Append(work.Key, new JobEvent.Failed(clock.Now, 0, failure, null), cancel));
    }
}
