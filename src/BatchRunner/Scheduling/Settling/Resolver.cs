using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Steps;
using TaskStatus = BatchRunner.Runway.TaskStatus;

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
        if (!before.Lost.Any())
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
                var attempt = Likeliest(before, found.Task);
                var doubts = Doubts(attempt, found.Task);
                return doubts.Count > 0 && !isSure
                    ? new Resolution.Doubtful(found.Task, doubts)
                    : await Adopt(key, before, attempt.Number, found.Task);
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

    /// <summary>Nothing of it that is unknown was charged: the reservations are given back, also those that were given up on.</summary>
    public async Task<Resolution> NotCharged(JobKey key)
    {
        var before = store.Get(key);
        var lost = before.Lost.Select(attempt => attempt.Number).ToList();
        AppendAnswer answer = new AppendAnswer.Ignored(before);
        foreach (var number in lost)
        {
            answer = await store.Append(
                key,
                before.Phase == JobPhase.Unknown && number == before.Fence
                    ? new JobEvent.NotCharged(time.GetUtcNow(), number)
                    : new JobEvent.Settled(time.GetUtcNow(), number, 0),
                CancellationToken.None);
            if (answer is not AppendAnswer.Appended)
            {
                break;
            }
        }

        return Of(before, answer, lost, null);
    }

    /// <summary>A new attempt is wanted all the same: the old reservation stays.</summary>
    public async Task<Resolution> Resubmit(JobKey key)
    {
        var before = store.Get(key);
        return before.Phase != JobPhase.Unknown
            ? new Resolution.NotUnknown(before)
            : Of(
                before, await store.Append(key, new JobEvent.ResubmitAllowed(time.GetUtcNow(), before.Fence), CancellationToken.None),
                [before.Fence], null);
    }

    // Saved whole even if the person leaves now: an id is money.
    async Task<Resolution> Adopt(JobKey key, JobState before, int number, TaskSnapshot task)
    {
        var saved = await store.Append(key, new JobEvent.TaskFound(time.GetUtcNow(), number, task.Id, "the user"), CancellationToken.None);
        if (saved is AppendAnswer.Appended appended && Seen(appended.State, number, task) is { } seen)
        {
            saved = await store.Append(key, seen, CancellationToken.None);
        }

        return Of(before, saved, [number], task);
    }

    JobEvent? Seen(JobState state, int number, TaskSnapshot task) =>
        state.Phase == JobPhase.Submitted && state.Task == task.Id ? TaskEvents.Of(state, task, time.GetUtcNow(), ran: null)
        : task is { CostCredits: { } cost, Status: TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled }
            ? new JobEvent.Settled(time.GetUtcNow(), number, cost)
            : null;

    static Resolution Of(JobState before, AppendAnswer answer, IReadOnlyList<int> attempts, TaskSnapshot? task) => answer switch
    {
        AppendAnswer.Appended appended => new Resolution.Settled(before, appended.State, attempts, task),
        AppendAnswer.DiskFailed failed => new Resolution.DiskFailed(failed.Reason),
        AppendAnswer.Stale stale => new Resolution.NotUnknown(stale.State),
        AppendAnswer.Ignored ignored => new Resolution.NotUnknown(ignored.State),
        _ => throw new InvalidOperationException($"no such answer: {answer}"),
    };

    // The last create that can have made it: a task is not older than its create.
    Attempt Likeliest(JobState state, TaskSnapshot task) =>
        state.Lost.LastOrDefault(attempt => IsSimulated || task.CreatedAt is not { } made || attempt.IntendedAt - Before <= made)
        ?? state.Lost.Last();

    // The API does not tell a task's request, so its age and its price are all there is to compare.
    List<string> Doubts(Attempt attempt, TaskSnapshot task)
    {
        var doubts = new List<string>();
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
