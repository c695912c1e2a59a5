using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Steps;

namespace BatchRunner.Scheduling.Settling;

/// <summary>Settles unknown creates by a person's word. Never sends a create; a run does what follows.</summary>
sealed class Resolver(JournalStore store, TimeProvider time)
{
    // Clocks differ a little. A task from before the create left is another one; a create may wait on its way, but not for long.
    static readonly TimeSpan Before = TimeSpan.FromMinutes(2);
    static readonly TimeSpan After = TimeSpan.FromHours(1);

    /// <summary>The create made this task. It is asked for first; what it says is recorded with it.</summary>
    /// <param name="key">The job.</param>
    /// <param name="task">The task.</param>
    /// <param name="runway">Where to ask.</param>
    /// <param name="isSure">The person has been told what does not fit, and means it.</param>
    /// <param name="cancel">Stops the asking.</param>
    public async Task<Resolution> Adopt(JobKey key, TaskId task, IRunway runway, bool isSure, CancellationToken cancel)
    {
        var before = store.Get(key);
        if (before.Phase != JobPhase.Unknown)
        {
            return new Resolution.NotUnknown(before);
        }

        if (store.OwnerOf(task) is { } owner)
        {
            return new Resolution.Taken(owner);
        }

        switch (await runway.Get(task, cancel))
        {
            case TaskAnswer.Found found:
                var doubts = Doubts(before, found.Task);
                return doubts.Count > 0 && !isSure
                    ? new Resolution.Doubtful(found.Task, doubts)
                    : await Adopt(key, before, found.Task);
            case TaskAnswer.Gone:
                return new Resolution.NoSuchTask();
            case TaskAnswer.KeyRefused refused:
                return new Resolution.KeyRefused(refused.Message);
            case TaskAnswer.Trouble trouble:
                return new Resolution.Trouble(trouble.Reason);
            case var other:
                throw new InvalidOperationException($"no such answer: {other}");
        }
    }

    /// <summary>The create was not charged: its reservation is given back.</summary>
    public Task<Resolution> NotCharged(JobKey key) => Settle(key, fence => new JobEvent.NotCharged(time.GetUtcNow(), fence));

    /// <summary>A new attempt is wanted all the same: the old reservation stays.</summary>
    public Task<Resolution> Resubmit(JobKey key) => Settle(key, fence => new JobEvent.ResubmitAllowed(time.GetUtcNow(), fence));

    async Task<Resolution> Settle(JobKey key, Func<int, JobEvent> word)
    {
        var before = store.Get(key);
        return before.Phase != JobPhase.Unknown
            ? new Resolution.NotUnknown(before)
            : Of(before, await store.Append(key, word(before.Fence), CancellationToken.None), null);
    }

    // Saved whole even if the person leaves now: an id is money.
    async Task<Resolution> Adopt(JobKey key, JobState before, TaskSnapshot task)
    {
        var found = new JobEvent.TaskFound(time.GetUtcNow(), before.Fence, task.Id, "the user");
        var saved = await store.Append(key, found, CancellationToken.None);
        if (saved is AppendAnswer.Appended appended && TaskEvents.Of(appended.State, task, time.GetUtcNow(), ran: null) is { } seen)
        {
            saved = await store.Append(key, seen, CancellationToken.None);
        }

        return Of(before, saved, task);
    }

    static Resolution Of(JobState before, AppendAnswer answer, TaskSnapshot? task) => answer switch
    {
        AppendAnswer.Appended appended => new Resolution.Settled(before, appended.State, task),
        AppendAnswer.DiskFailed failed => new Resolution.DiskFailed(failed.Reason),
        AppendAnswer.Stale stale => new Resolution.NotUnknown(stale.State),
        AppendAnswer.Ignored ignored => new Resolution.NotUnknown(ignored.State),
        _ => throw new InvalidOperationException($"no such answer: {answer}"),
    };

    // The API does not tell a task's request, so its age and its price are all there is to compare.
    List<string> Doubts(JobState state, TaskSnapshot task)
    {
        var doubts = new List<string>();
        if (state.Current is not { } attempt)
        {
            return doubts;
        }

        if (!IsSimulated && task.CreatedAt is { } made && (made < attempt.IntendedAt - Before || made > attempt.IntendedAt + After))
        {
            doubts.Add($"it was made at {Moment(made)}, but the job's create left at {Moment(attempt.IntendedAt)}");
        }

        // A task that is over tells what it cost instead; one that failed may have cost nothing.
        var price = task.EstimatedCredits ?? (task.CostCredits > 0 ? task.CostCredits : null);
        if (price is { } told && attempt.Reserved > 0 && told != attempt.Reserved)
        {
            doubts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"it costs {told:0.##} credits by Runway's word, but the job's price is {attempt.Reserved:0.##}"));
        }

        return doubts;
    }

    // A simulator's time runs faster, and stands still while nobody simulates.
    bool IsSimulated => store.Contents.Header?.IsSimulated == true;

    static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
