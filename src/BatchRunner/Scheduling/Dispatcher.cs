using System.Collections.Immutable;
using System.Globalization;
using BatchRunner.Jobs;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling;

/// <summary>
/// Says what to do next, given what happened and the time. Knows no thread, no clock, no network: the same code runs
/// against Runway and in a simulation of a thousand hours. Called from one thread.
/// </summary>
sealed class Dispatcher
{
    // One create is on the way while the next one's inputs are delivered.
    const int SubmitsUnderWay = 2;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestServerPause = TimeSpan.FromMinutes(5);
    static readonly TimeSpan BusyForLong = TimeSpan.FromMinutes(2);

    readonly RunOptions options;
    readonly Policy policy;
    readonly Func<double> dice;
    readonly LearntDurations durations;
    readonly Func<string, int> slotsOf;
    readonly Dictionary<string, ModelLane> lanes = new(StringComparer.Ordinal);
    readonly ReadyJobs ready;
    readonly PriorityQueue<Work, DateTimeOffset> later = new();
    readonly PriorityQueue<Work, DateTimeOffset> asks = new();
    readonly Queue<Work> downloads = [];
    readonly PriorityQueue<Work, DateTimeOffset> laterDownloads = new();
    readonly Queue<string> notes = [];
    readonly Standings standings = new();
    ImmutableHashSet<StopReason> stops = [];
    int submitting;
    int asking;
    int downloading;
    int submitTroubles;
    int unknownInRow;
    int failuresInRow;
    string? failureClass;
    DateTimeOffset submitAfter = DateTimeOffset.MinValue;
    DateTimeOffset askAfter = DateTimeOffset.MinValue;
    bool isStopping;
    bool isSubmittingStopped;
    bool isOverBudget;

    /// <param name="options">The run's bounds.</param>
    /// <param name="runStart">Limits of waiting count from here at the earliest.</param>
    /// <param name="slotsOf">A model's slots.</param>
    /// <param name="durations">What is known of how long tasks take.</param>
    /// <param name="dice">From 0 to 1.</param>
    public Dispatcher(
        RunOptions options, DateTimeOffset runStart, Func<string, int> slotsOf, LearntDurations durations, Func<double> dice)
    {
        (this.options, this.slotsOf, this.durations, this.dice) = (options, slotsOf, durations, dice);
        policy = new Policy
        {
            Attempts = options.Attempts,
            QueueTimeout = options.QueueTimeout,
            RunningTimeout = options.RunningTimeout,
            RetryDelay = options.PollInterval * 3,
            RunStart = runStart,
        };
        ready = new ReadyJobs(durations);
    }

    public Policy Policy => policy;

    public ImmutableHashSet<StopReason> Stops => stops;

    public Standings Standings => standings;

    /// <summary>What has not been said yet.</summary>
    public Queue<string> Notes => notes;

    /// <summary>Nothing more is begun.</summary>
    public bool IsStopping => isStopping;

    /// <summary>Nothing is under way, and nothing can be begun any more.</summary>
    public bool IsFinished => submitting + asking + downloading == 0
        && (isStopping || (asks.Count + downloads.Count + laterDownloads.Count == 0 && !MaySubmitLater));

    bool MaySubmitLater => !isSubmittingStopped
        && (later.Count > 0 || ready.Any(model => !LaneOf(model).IsStopped));

    /// <summary>Takes a job in, wherever it stands.</summary>
    public void Add(Work work, DateTimeOffset now)
    {
        if (work.State.HoldsSlot)
        {
            var lane = LaneOf(work.Spec.Model);
            lane.Enter(work);
            work.BegunAt = work.State.LastSeen == TaskStatus.Throttled ? null : work.State.Current?.RunningSince ?? now;
        }

        Route(work, now);
    }

    /// <summary>What to do now; null: nothing before <see cref="WakeAt"/> or the next fact.</summary>
    public Order? Next(DateTimeOffset now)
    {
        Promote(now);
        return isStopping ? null : NextAsk(now) ?? (Order?)NextDownload() ?? NextSubmit(now);
    }

    /// <summary>When there may be something to do although nothing happens; null: never.</summary>
    public DateTimeOffset? WakeAt()
    {
        DateTimeOffset? wake = null;
        if (asks.TryPeek(out _, out var ask) && asking < options.PollWorkers)
        {
            Sooner(ask > askAfter ? ask : askAfter);
        }

        if (laterDownloads.TryPeek(out _, out var download))
        {
            Sooner(download);
        }

        if (!isSubmittingStopped && later.TryPeek(out _, out var submit))
        {
            Sooner(submit);
        }

        if (!isSubmittingStopped && ready.Count > 0)
        {
            Sooner(submitAfter);
            foreach (var lane in lanes.Values.Where(lane => lane.PausedUntil is not null && !lane.IsStopped))
            {
                Sooner(lane.PausedUntil ?? default);
            }
        }

        return wake == DateTimeOffset.MinValue ? null : wake;

        void Sooner(DateTimeOffset at)
        {
            if (at != DateTimeOffset.MinValue && (wake is null || at < wake))
            {
                wake = at;
            }
        }
    }

    /// <summary>Submits nothing more; what is alive is collected all the same.</summary>
    public void StopSubmitting(StopReason reason, string why)
    {
        if (!stops.Contains(reason))
        {
            notes.Enqueue(why);
        }

        stops = stops.Add(reason);
        isSubmittingStopped = true;
    }

    /// <summary>Begins nothing more at all.</summary>
    public void Stop(StopReason reason)
    {
        stops = stops.Add(reason);
        (isSubmittingStopped, isStopping) = (true, true);
    }

    /// <summary>What came of an order.</summary>
    public void Take(Fact fact, DateTimeOffset now)
    {
        var work = fact.Work;
        var (was, before) = (work.Busy, work.State);
        Free(work);
        work.State = fact.State;
        switch (fact)
        {
            case Fact.Moved moved:
                TakeMoved(moved, was, before, now);
                break;
            case Fact.NotSubmitted refused:
                TakeRefusal(refused, now);
                return;
            case Fact.Trouble trouble:
                work.Troubles++;
                PlaceAgain(work, was, now + Pause(work.Troubles, trouble.RetryAfter, options.PollInterval));
                return;
            case Fact.Gone:
                work.GoneCount++;
                PlaceAgain(work, was, now + options.PollInterval * 4);
                return;
            case Fact.DownloadTrouble trouble:
                TakeDownloadTrouble(work, trouble, now);
                return;
            case Fact.KeyRefused refused:
                notes.Enqueue(refused.Message);
                Stop(StopReason.KeyRefused);
                break;
            case Fact.DiskFailed failed:
                notes.Enqueue(failed.Reason);
                Stop(StopReason.DiskFailed);
                break;
            default:
                break;
        }

        Route(work, now);
    }

    /// <summary>When everything will have ended, by what is known; null while nothing is.</summary>
    public TimeSpan? Remaining(DateTimeOffset now)
    {
        var work = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (model, expected) in ready.Expected())
        {
            work[model] = work.GetValueOrDefault(model) + expected;
        }

        foreach (var lane in lanes.Values)
        {
            foreach (var alive in lane.Alive)
            {
                var kind = DurationClass.Of(alive.Spec);
                var left = alive.BegunAt is { } begun ? durations.Quantile(kind, now - begun, 0.5) - (now - begun) : durations.Mean(kind);
                work[lane.Name] = work.GetValueOrDefault(lane.Name) + left;
            }
        }

        return work.Count == 0 ? null : work.Max(entry => entry.Value / LaneOf(entry.Key).Slots);
    }

    /// <summary>Of the running tasks that say how far they are; null if none does.</summary>
    public double? MeanProgress
    {
        get
        {
            var known = lanes.Values.SelectMany(lane => lane.Alive).Select(work => work.Progress).OfType<double>().ToList();
            return known.Count == 0 ? null : known.Average();
        }
    }

    ModelLane LaneOf(string model)
    {
        if (!lanes.TryGetValue(model, out var lane))
        {
            lanes[model] = lane = new ModelLane(model, Math.Max(1, slotsOf(model)), options.Ahead);
        }

        return lane;
    }

    Order.Submit? NextSubmit(DateTimeOffset now)
    {
        if (isSubmittingStopped || isOverBudget || submitting >= SubmitsUnderWay || now < submitAfter)
        {
            return null;
        }

        var work = ready.Take(model => LaneOf(model) is { IsStopped: false, HasRoom: true } lane && !(now < lane.PausedUntil));
        if (work is null)
        {
            return null;
        }

        var lane = LaneOf(work.Spec.Model);
        lane.Enter(work);
        Begin(work, Activity.Submitting);
        return new Order.Submit(work, lane.MaxAlive);
    }

    Order? NextAsk(DateTimeOffset now)
    {
        if (asking >= options.PollWorkers || now < askAfter || !asks.TryPeek(out _, out var due) || due > now)
        {
            return null;
        }

        var work = asks.Dequeue();
        askAfter = now + TimeSpan.FromSeconds(1 / options.PollsPerSecond);
        work.DueAt = null;
        work.LastAskedAt = now;
        var isWithdrawing = JobLife.Decide(work.State, policy, now) is NextStep.Withdraw;
        Begin(work, isWithdrawing ? Activity.Withdrawing : Activity.Asking);
        return isWithdrawing ? new Order.Withdraw(work) : new Order.Ask(work);
    }

    Order.Download? NextDownload()
    {
        if (downloading >= options.Downloads || !downloads.TryDequeue(out var work))
        {
            return null;
        }

        Begin(work, Activity.Downloading);
        return new Order.Download(work);
    }

    void Promote(DateTimeOffset now)
    {
        while (later.TryPeek(out var work, out var at) && at <= now)
        {
            later.Dequeue();
            ready.PutBack(work);
        }

        while (laterDownloads.TryPeek(out var work, out var at) && at <= now)
        {
            laterDownloads.Dequeue();
            downloads.Enqueue(work);
        }
    }

    void Begin(Work work, Activity activity)
    {
        work.Busy = activity;
        Count(activity, 1);
        standings.Update(work);
    }

    void Free(Work work)
    {
        Count(work.Busy, -1);
        work.Busy = Activity.None;
    }

    void Count(Activity activity, int change)
    {
        submitting += activity == Activity.Submitting ? change : 0;
        asking += activity is Activity.Asking or Activity.Withdrawing ? change : 0;
        downloading += activity == Activity.Downloading ? change : 0;
    }

    void TakeMoved(Fact.Moved moved, Activity was, JobState before, DateTimeOffset now)
    {
        var work = moved.Work;
        (work.Troubles, work.GoneCount) = (0, 0);
        if (was == Activity.Submitting)
        {
            submitTroubles = 0;
            unknownInRow = work.State.Phase == JobPhase.Unknown ? unknownInRow + 1 : 0;
            LaneOf(work.Spec.Model).BusyCount = 0;
            if (work.State.Phase == JobPhase.Submitted)
            {
                work.BegunAt = null;
                LaneOf(work.Spec.Model).Begin(work, now);
            }
        }

        if (moved.Seen is { } seen)
        {
            (work.Progress, work.Outputs) = (seen.Progress, seen.Outputs);
            LearnFrom(work, seen.Status, before, now);
        }

        if (moved.IsDearer)
        {
            LaneOf(work.Spec.Model).IsStopped = true;
            stops = stops.Add(StopReason.DearerThanPlanned);
            notes.Enqueue($"Runway's estimate for `{work.Spec.Id}` is above the catalogue's price: nothing more of "
                + $"`{work.Spec.Model}` is submitted; update the catalogue with `--catalogue`");
        }

        if (work.State.Phase == JobPhase.Submitted)
        {
            work.SeenAliveAt = now;
        }

        CountTroubles(work, before);
    }

    void LearnFrom(Work work, TaskStatus status, JobState before, DateTimeOffset now)
    {
        var lane = LaneOf(work.Spec.Model);
        switch (status)
        {
            case TaskStatus.Throttled:
                if (lane.LowersBy(work))
                {
                    notes.Enqueue($"`{lane.Name}` has fewer free slots than expected: going on with "
                        + lane.Slots.ToString(CultureInfo.InvariantCulture));
                }

                break;
            case TaskStatus.Pending:
                work.IsThrottled = false;
                break;
            case TaskStatus.Running:
                work.IsThrottled = false;
                work.BegunAt ??= now;
                break;
            case TaskStatus.Succeeded when before.Phase == JobPhase.Submitted && work.BegunAt is { } begun:
                lane.CountClean();
                durations.Learn(DurationClass.Of(work.Spec), EndOf(work, begun, now) - begun);
                break;
            default:
                break;
        }
    }

    // It ended somewhere between the last time it was seen running and now.
    static DateTimeOffset EndOf(Work work, DateTimeOffset begun, DateTimeOffset now)
    {
        var from = work.SeenAliveAt is { } alive && alive > begun ? alive : begun;
        return from + (now - from) / 2;
    }

    void CountTroubles(Work work, JobState before)
    {
        if (work.State.Phase == JobPhase.Failed && before.Phase != JobPhase.Failed && work.State.Failure is { } failure)
        {
            (failuresInRow, failureClass) = (failure.Class == failureClass ? failuresInRow + 1 : 1, failure.Class);
        }
        else if (work.State.Phase == JobPhase.Succeeded)
        {
            (failuresInRow, failureClass) = (0, null);
        }

        if (options.StopAfterFailures > 0 && failuresInRow >= options.StopAfterFailures)
        {
            StopSubmitting(
                StopReason.TooManyFailures,
                $"{failuresInRow.ToString(CultureInfo.InvariantCulture)} jobs in a row failed as `{failureClass}`: nothing more is submitted");
        }

        if (options.StopAfterUnknown > 0 && unknownInRow >= options.StopAfterUnknown)
        {
            StopSubmitting(
                StopReason.TooManyUnknown,
                $"{unknownInRow.ToString(CultureInfo.InvariantCulture)} creates in a row were lost: nothing more is submitted");
        }
    }

    void TakeRefusal(Fact.NotSubmitted refused, DateTimeOffset now)
    {
        var work = refused.Work;
        var lane = LaneOf(work.Spec.Model);
        if (!work.State.HoldsSlot)
        {
            lane.Leave(work, now);
        }

        switch (refused.Obstacle)
        {
            case Obstacle.NotReady:
                Route(work, now);
                return;
            case Obstacle.Budget:
                isOverBudget = true;
                break;
            case Obstacle.NotSent or Obstacle.Overloaded or Obstacle.NotDelivered:
                submitAfter = now + Pause(++submitTroubles, refused.RetryAfter, TimeSpan.FromSeconds(1));
                break;
            case Obstacle.TooMany:
                TakeBusy(lane, refused, now);
                break;
            case Obstacle.DailyCap:
                lane.IsStopped = true;
                stops = stops.Add(StopReason.DailyCap);
                notes.Enqueue($"`{lane.Name}` has reached its daily limit: {refused.Message}");
                break;
            case Obstacle.NoCredits:
                StopSubmitting(StopReason.NoCredits, $"the account has no credits left: {refused.Message}");
                break;
            case Obstacle.KeyRefused:
                notes.Enqueue(refused.Message);
                Stop(StopReason.KeyRefused);
                break;
            default:
                break;
        }

        ready.PutBack(work);
        standings.Update(work);
        NoteBudget(refused.Message);
    }

    void TakeBusy(ModelLane lane, Fact.NotSubmitted refused, DateTimeOffset now)
    {
        if (++lane.BusyCount == 1)
        {
            lane.BusySince = now;
        }

        lane.PausedUntil = now + Pause(lane.BusyCount, refused.RetryAfter, TimeSpan.FromSeconds(2));
        if (lane.BusyCount >= 3 && now - lane.BusySince >= BusyForLong)
        {
            lane.IsStopped = true;
            stops = stops.Add(StopReason.KeptBusy);
            notes.Enqueue($"Runway refused `{lane.Name}` as too many for two minutes: {refused.Message}");
        }
    }

    void TakeDownloadTrouble(Work work, Fact.DownloadTrouble trouble, DateTimeOffset now)
    {
        // Fresh URLs next time: these may have expired, or be the reason.
        work.Outputs = [];
        if (!trouble.CanWait || ++work.DownloadTroubles >= 8)
        {
            work.LeftBecause = trouble.Reason;
            standings.Update(work);
            return;
        }

        laterDownloads.Enqueue(work, now + Pause(work.DownloadTroubles, null, options.PollInterval));
        standings.Update(work);
    }

    void PlaceAgain(Work work, Activity was, DateTimeOffset at)
    {
        if (was == Activity.Downloading)
        {
            laterDownloads.Enqueue(work, at);
        }
        else
        {
            PlaceAsk(work, at);
        }

        standings.Update(work);
    }

    void Route(Work work, DateTimeOffset now)
    {
        if (!work.State.HoldsSlot)
        {
            Release(work, now);
        }

        switch (JobLife.Decide(work.State, policy, now))
        {
            case NextStep.Submit when !work.MaySubmit:
                break;
            case NextStep.Submit { NotBefore: { } at } when at > now:
                later.Enqueue(work, at);
                break;
            case NextStep.Submit:
                ready.Add(work);
                break;
            case NextStep.Poll:
                PlaceAsk(work, NextAskOf(work, now));
                break;
            case NextStep.Withdraw:
                PlaceAsk(work, now);
                break;
            case NextStep.Download:
                downloads.Enqueue(work);
                break;
            case NextStep.Hold { Reason: HoldReason.RunsTooLong }:
                work.LeftBecause = "it has been running longer than `running_timeout`; a later run collects it";
                break;
            default:
                break;
        }

        standings.Update(work);
    }

    // Money or a slot may have come back with it.
    void Release(Work work, DateTimeOffset now)
    {
        isOverBudget = false;
        var ended = work.BegunAt is { } begun ? EndOf(work, begun, now) : now;
        if (LaneOf(work.Spec.Model).Leave(work, ended) is { Busy: Activity.None } next)
        {
            PlaceAsk(next, NextAskOf(next, now));
        }
    }

    void NoteBudget(string message)
    {
        if (isOverBudget && submitting == 0 && lanes.Values.All(lane => lane.Alive.Count == 0))
        {
            StopSubmitting(StopReason.Budget, message);
        }
    }

    void PlaceAsk(Work work, DateTimeOffset at)
    {
        var earliest = work.LastAskedAt is { } last ? last + options.PollInterval * (1 + dice() / 4) : at;
        at = at > earliest ? at : earliest;
        if (work.DueAt is not null)
        {
            asks.Remove(work, out _, out _);
        }

        work.DueAt = at;
        asks.Enqueue(work, at);
    }

    // Where an answer is likely: when about half of what is still running at this age has ended.
    DateTimeOffset NextAskOf(Work work, DateTimeOffset now)
    {
        var kind = DurationClass.Of(work.Spec);
        if (work.LastAskedAt is null && work.State.LastSeen != TaskStatus.Other)
        {
            // Picked up from an earlier run: nobody knows what it has done meanwhile.
            return now;
        }

        if (work.BegunAt is not { } begun)
        {
            return now + durations.Mean(kind);
        }

        var age = now > begun ? now - begun : TimeSpan.Zero;
        return begun + durations.Quantile(kind, age, 0.4);
    }

    TimeSpan Pause(int troubles, TimeSpan? wish, TimeSpan first)
    {
        if (wish is { } asked)
        {
            return asked < LongestServerPause ? asked : LongestServerPause;
        }

        var pause = first * Math.Pow(2, Math.Min(troubles, 10) - 1);
        return (pause < LongestPause ? pause : LongestPause) * (0.75 + dice() / 2);
    }
}
