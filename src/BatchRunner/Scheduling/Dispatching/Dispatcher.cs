using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Scheduling.Dispatching.Forecasts;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>
/// Says what to do next, given what happened and the time. Knows no thread, no clock, no network: the same code runs
/// against Runway and in a simulation of a thousand hours. Called from one thread.
/// </summary>
sealed class Dispatcher
{
    // One create is on the way while the next one's inputs are delivered.
    const int SubmitsUnderWay = 2;

    readonly RunOptions options;
    readonly Func<double> dice;
    readonly ModelLanes lanes;
    readonly Submissions submissions;
    readonly Observations observations;
    readonly AskTimes asks;
    readonly ExpectedBytes bytes;
    readonly DownloadQueue downloads = new();
    int submitting;
    int asking;
    int downloading;
    DateTimeOffset lastLook;

    /// <param name="options">The run's bounds.</param>
    /// <param name="runStart">Limits of waiting count from here at the earliest.</param>
    /// <param name="slotsOf">A model's slots.</param>
    /// <param name="durations">What is known of how long tasks take.</param>
    /// <param name="bytes">What is known of how large outputs are.</param>
    /// <param name="dice">From 0 to 1.</param>
    public Dispatcher(
        RunOptions options,
        DateTimeOffset runStart,
        Func<string, int> slotsOf,
        LearntDurations durations,
        ExpectedBytes bytes,
        Func<double> dice)
    {
        (this.options, this.bytes, this.dice) = (options, bytes, dice);
        Policy = new Policy
        {
            Attempts = options.Attempts,
            QueueTimeout = options.QueueTimeout,
            RunningTimeout = options.RunningTimeout,
            RetryDelay = options.PollInterval * 3,
            RunStart = runStart,
        };
        Rules = new StopRules(options);
        lanes = new ModelLanes(options, slotsOf);
        submissions = new Submissions(Rules, durations, lanes, dice);
        observations = new Observations(lanes, durations, Rules);
        Forecast = new Forecast(submissions, lanes, durations);
        asks = new AskTimes(options, durations, dice);
    }

    public Policy Policy { get; }

    /// <summary>What stops the run, and what is said of it.</summary>
    public StopRules Rules { get; }

    public Forecast Forecast { get; }

    /// <summary>Bytes that the disk still has to take for what is paid for. Read by the lane that creates.</summary>
    public long BytesComing => bytes.Coming;

    public Standings Standings { get; } = new();

    /// <summary>Nothing is under way, and nothing can be begun any more.</summary>
    public bool IsFinished => submitting + asking + downloading == 0
        && (Rules.IsStopping || (asks.Count + downloads.Count == 0 && !submissions.HasMore));

    /// <summary>Tasks of a model live on that this run does not watch: they count against no slot here.</summary>
    public void Ignore(string model) => lanes[model].UnwatchedCount++;

    /// <summary>An earlier run has heard more of a model's price than this one's catalogue knows.</summary>
    public void StopDearer(JobSpec job, Attempt heard) => submissions.StopDearer(job, heard);

    /// <summary>Takes a job in, wherever it stands.</summary>
    public void Add(Work work, DateTimeOffset now)
    {
        if (work.State.HoldsSlot)
        {
            lanes[work.Spec.Model].Enter(work);
            work.Pursuit.BegunAt = work.State.LastSeen == TaskStatus.Throttled ? null : work.State.Current?.RunningSince ?? now;
        }

        Route(work, now);
    }

    /// <summary>What to do now; null: nothing before <see cref="WakeAt"/> or the next fact.</summary>
    public Order? Next(DateTimeOffset now)
    {
        lastLook = now;
        StopIfNothingComesBack();
        return Rules.IsStopping ? null : NextAsk(now) ?? (Order?)NextDownload(now) ?? NextSubmit(now);
    }

    /// <summary>When there may be something to do although nothing happens; null: never.</summary>
    public DateTimeOffset? WakeAt()
    {
        var wake = asking < options.PollWorkers ? asks.Next : null;
        foreach (var at in submissions.WakeTimes().Append(downloads.Next ?? lastLook))
        {
            // A moment that has passed wakes nobody: what waits for it was looked at already.
            if (at > lastLook && (wake is null || at < wake))
            {
                wake = at;
            }
        }

        return wake;
    }

    /// <summary>What came of an order.</summary>
    public void Take(Fact fact, DateTimeOffset now)
    {
        var work = fact.Work;
        var (was, before) = (work.Busy, work.State);
        Free(work, now);
        work.State = fact.State;
        switch (fact)
        {
            case Fact.Moved moved:
                if (TakeMoved(moved, was, before, now))
                {
                    return;
                }

                break;
            case Fact.NotSubmitted refused:
                TakeRefusal(refused, now);
                return;
            case Fact.Trouble { IsSenseless: true } trouble when IsLeftAlone(work, trouble.Reason, now):
                return;
            case Fact.Trouble trouble:
                PlaceAgain(work, was, now + Backoff.Of(++work.Pursuit.Troubles, trouble.RetryAfter, options.PollInterval, dice));
                return;
            case Fact.Gone:
                work.Pursuit.GoneCount++;
                PlaceAgain(work, was, now + options.PollInterval * 4);
                return;
            case Fact.DownloadTrouble trouble:
                TakeDownloadTrouble(work, trouble, now);
                return;
            case Fact.KeyRefused refused:
                Rules.Stop(StopReason.KeyRefused, refused.Message);
                break;
            case Fact.DiskFailed failed:
                Rules.Stop(StopReason.DiskFailed, failed.Reason);
                break;
            default:
                break;
        }

        Route(work, now);
    }

    Order.Submit? NextSubmit(DateTimeOffset now)
    {
        if (submitting >= SubmitsUnderWay || submissions.Take(now) is not { } work)
        {
            return null;
        }

        var lane = lanes[work.Spec.Model];
        lane.Enter(work);
        Begin(work, Activity.Submitting);
        return new Order.Submit(work, lane.MaxAlive, bytes.Of(work.Spec));
    }

    Order? NextAsk(DateTimeOffset now)
    {
        if (asking >= options.PollWorkers || asks.Take(now) is not { } work)
        {
            return null;
        }

        var isWithdrawing = JobLife.Decide(work.State, Policy, now) is NextStep.Withdraw;
        Begin(work, isWithdrawing ? Activity.Withdrawing : Activity.Asking);
        return isWithdrawing ? new Order.Withdraw(work) : new Order.Ask(work) { Times = work.Times };
    }

    Order.Download? NextDownload(DateTimeOffset now)
    {
        if (downloading >= options.Downloads || downloads.Take(now) is not { } work)
        {
            return null;
        }

        Begin(work, Activity.Downloading);
        return new Order.Download(work);
    }

    void Begin(Work work, Activity activity)
    {
        work.Begin(activity);
        Count(activity, 1);
        Stand(work);
    }

    void Free(Work work, DateTimeOffset now)
    {
        Count(work.Busy, -1);
        work.End(now);
    }

    void Count(Activity activity, int change)
    {
        submitting += activity == Activity.Submitting ? change : 0;
        asking += activity is Activity.Asking or Activity.Withdrawing ? change : 0;
        downloading += activity == Activity.Downloading ? change : 0;
    }

    // True if it is done with.
    bool TakeMoved(Fact.Moved moved, Activity was, JobState before, DateTimeOffset now)
    {
        var work = moved.Work;
        (work.Pursuit.Troubles, work.Pursuit.GoneCount) = (0, 0);
        if (was == Activity.Submitting)
        {
            submissions.CountAnswer(work.State, lanes[work.Spec.Model]);
            if (work.State.Phase == JobPhase.Submitted)
            {
                (work.Pursuit.BegunAt, work.IsPickedUp) = (null, false);
                lanes[work.Spec.Model].Begin(work, now);
            }
        }

        if (moved.Seen is { } seen)
        {
            observations.Take(work, seen, before, now);
        }

        if (work.State.Current is { IsDearer: true } attempt && before.Current?.IsDearer != true)
        {
            submissions.StopDearer(work.Spec, attempt);
        }

        if (work.State.Phase == JobPhase.Submitted)
        {
            work.Pursuit.SeenAliveAt = now;
        }

        Rules.CountEnd(before, work.State);
        if (moved.Seen is { Status: TaskStatus.Other } odd)
        {
            return IsLeftAlone(work, $"its task is `{odd.StatusWord}`, a state that this version does not know", now);
        }

        work.Pursuit.MakeSense(moved.Seen);
        return false;
    }

    // An answer that says nothing is no end, and not asked for ever either: a later run, or version, may make sense of it.
    bool IsLeftAlone(Work work, string what, DateTimeOffset now)
    {
        Rules.Warn($"`{work.Spec.Id}`: {what}; it is asked again for {Backoff.Words(options.RunningTimeout)}");
        if (now - work.Pursuit.CountSenseless(now) < options.RunningTimeout)
        {
            return false;
        }

        work.LeftBecause = what + "; a later run asks again";
        lanes[work.Spec.Model].Abandon(work);
        Stand(work);
        return true;
    }

    void TakeRefusal(Fact.NotSubmitted refused, DateTimeOffset now)
    {
        var work = refused.Work;
        var lane = lanes[work.Spec.Model];
        if (!work.State.HoldsSlot)
        {
            lane.Leave(work, now);
        }

        if (refused.Obstacle == Obstacle.NotReady)
        {
            TakeNotReady(work, now);
            return;
        }

        submissions.Refuse(refused, now);
        Stand(work);
    }

    // The store has the last word: to ask it again would ask for ever.
    void TakeNotReady(Work work, DateTimeOffset now)
    {
        if (JobLife.Decide(work.State, Policy, now) is NextStep.Submit submit && !(submit.NotBefore > now))
        {
            work.LeftBecause = "the journal does not let it be submitted";
            Stand(work);
            return;
        }

        Route(work, now);
    }

    void TakeDownloadTrouble(Work work, Fact.DownloadTrouble trouble, DateTimeOffset now)
    {
        // Fresh URLs next time: these may have expired, or be the reason.
        work.Pursuit.Outputs = [];
        if (!trouble.CanWait || ++work.Pursuit.DownloadTroubles >= 8)
        {
            work.LeftBecause = trouble.Reason;
            Stand(work);
            return;
        }

        downloads.Add(work, now + Backoff.Of(work.Pursuit.DownloadTroubles, null, options.PollInterval, dice));
        Stand(work);
    }

    void PlaceAgain(Work work, Activity was, DateTimeOffset at)
    {
        if (was == Activity.Downloading)
        {
            downloads.Add(work, at);
        }
        else
        {
            asks.Place(work, at);
        }

        Stand(work);
    }

    void Route(Work work, DateTimeOffset now)
    {
        if (!work.State.HoldsSlot)
        {
            Release(work, now);
        }

        // How long a task has waited or run is known as of the last answer: what came late says nothing about now.
        var asOf = work.State.Phase == JobPhase.Submitted ? work.Pursuit.LastAskedAt ?? now : now;
        switch (JobLife.Decide(work.State, Policy, asOf))
        {
            case NextStep.Submit when !work.MaySubmit:
                break;
            case NextStep.Submit ready:
                submissions.Add(work, ready.NotBefore, now);
                break;
            case NextStep.Poll:
                asks.PlaceLikely(work, now);
                break;
            case NextStep.Withdraw:
                asks.Place(work, now);
                break;
            case NextStep.Download:
                downloads.Add(work);
                break;
            case NextStep.Hold { Reason: HoldReason.RunsTooLong }:
                work.LeftBecause = "it has been running longer than `running_timeout`; a later run collects it";
                lanes[work.Spec.Model].Abandon(work);
                break;
            default:
                work.Leave();
                break;
        }

        Stand(work);
    }

    // Money or a slot may have come back with it.
    void Release(Work work, DateTimeOffset now)
    {
        submissions.CountEnd();
        if (work.IsPursued && lanes[work.Spec.Model].Leave(work, work.Pursuit.EndedBy(now)) is { Busy: Activity.None } next)
        {
            asks.PlaceLikely(next, now);
        }
    }

    void Stand(Work work)
    {
        Standings.Update(work);
        bytes.Update(work);
    }

    // As long as something is alive, money may come back; and what has come home may be smaller than was feared.
    void StopIfNothingComesBack()
    {
        if (submissions.HeldBack is { } held && submitting == 0 && lanes.All.All(lane => lane.Alive.Count == 0)
            && (held.Reason == StopReason.Budget || downloading + downloads.Count == 0))
        {
            Rules.StopSubmitting(held.Reason, held.Message);
        }
    }
}
