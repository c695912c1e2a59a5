using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using BatchRunner.Scheduling.Dispatching;
using BatchRunner.Scheduling.Steps;

namespace BatchRunner.Scheduling;

/// <summary>
/// One run: a single loop owns every job, asks the dispatcher what to do, hands orders to bounded lanes and takes their
/// facts back. The lanes save what they do in the store before they report it.
/// </summary>
sealed class Run : IDisposable
{
    readonly RunParts parts;
    readonly RunSignals signals;
    readonly RunClock clock;
    readonly Dispatcher dispatcher;
    readonly Narrator narrator;
    readonly Superseding superseding;
    readonly DeliverStep deliver;
    readonly SubmitStep submit;
    readonly AskStep ask;
    readonly DownloadStep download;
    // A create begins only when the loop has heard of the last one: it may have been the reason to stop.
    readonly SemaphoreSlim turn = new(1);
    readonly CancellationTokenSource repeatable = new();
    readonly CancellationTokenSource costly = new();
    Work? creating;
    Exception? broken;
    volatile bool isTimeUp;

    // A null says: look again. Facts are bounded by the orders under way, so the box never grows beyond them.
    readonly Channel<Fact?> inbox = Channel.CreateUnbounded<Fact?>(new UnboundedChannelOptions { SingleReader = true });

    Run(RunParts parts, RunSignals signals, Prepared prepared, RunClock clock)
    {
        (this.parts, this.signals, this.clock) = (parts, signals, clock);
        dispatcher = prepared.Dispatcher;
        narrator = new Narrator(parts, clock, dispatcher, prepared.Works);
        superseding = new Superseding(parts.Plan.Leaving, parts.Folder, new FileMover(parts.Store, parts.Folder, clock));
        deliver = new DeliverStep(parts.Store, parts.Delivery, parts.Folder, superseding, clock);
        submit = new SubmitStep(parts.Store, parts.Runway, parts.Downloads, clock, parts.Options)
        {
            Account = prepared.Account,
            Catalogue = parts.Plan.Batch.Catalogue.Date,
        };
        ask = new AskStep(parts.Store, parts.Runway, clock);
        download = new DownloadStep(parts.Store, parts.Runway, parts.Downloads, parts.Folder, superseding, clock);
    }

    /// <summary>Does what the plan says until it is done or stopped. Throws only for a mistake of ours.</summary>
    public static async Task<RunOutcome> Go(RunParts parts, RunSignals signals)
    {
        var clock = new RunClock(parts.Time);
        var prepared = await new Preparation(parts, clock).Prepare(signals.Drain);
        using var run = new Run(parts, signals, prepared, clock);
        run.narrator.Began();
        await run.Loop();
        return run.narrator.Ended();
    }

    public void Dispose()
    {
        turn.Dispose();
        superseding.Dispose();
        repeatable.Dispose();
        costly.Dispose();
    }

    async Task Loop()
    {
        var creates = new Lane<(Order.Submit Order, ReadOnlyMemory<byte> Body)>(1, 1, Create, Break);
        var deliveries = new Lane<Order.Submit>(1, 1, order => Deliver(order, creates), Break);
        var asks = new Lane<Order>(parts.Options.PollWorkers, parts.Options.PollWorkers, Ask, Break);
        var downloads = new Lane<Order.Download>(parts.Options.Downloads, parts.Options.Downloads, Download, Break);
        // Whatever breaks, every lane has ended when this does: nothing of a run goes on behind its back.
        var turns = Turn(deliveries, asks, downloads);
        await turns.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (turns.Exception is { InnerException: { } error })
        {
            Break(error);
        }

        // A create that is on its way is heard to its end, as when somebody stops the run: cut off, its job would be in doubt.
        await using var giveUp = clock.Time.CreateTimer(_ => GiveUp(), null, parts.Options.DrainTime, Timeout.InfiniteTimeSpan);
        await using var aborted = signals.Abort.Register(GiveUp);
        await Task.WhenAll(Close(deliveries, creates), asks.Close(), downloads.Close())
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (broken is not null)
        {
            ExceptionDispatchInfo.Throw(broken);
        }
    }

    static async Task Close(Lane<Order.Submit> deliveries, Lane<(Order.Submit Order, ReadOnlyMemory<byte> Body)> creates)
    {
        await deliveries.Close().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await creates.Close();
    }

    void GiveUp()
    {
        try
        {
            costly.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // A timer may fire while it is taken away: the run has ended meanwhile.
        }
    }

    // Our own mistake: nothing more is begun, and what broke first is thrown in the end.
    void Break(Exception error)
    {
        // A lane that broke and is put into before it could say so: what broke it is what counts.
        var first = error is ChannelClosedException { InnerException: { } cause } ? cause : error;
        if (Interlocked.CompareExchange(ref broken, first, null) is null)
        {
            inbox.Writer.TryComplete(first);
            turn.Release();
            repeatable.Cancel();
        }
    }

    async Task Turn(Lane<Order.Submit> deliveries, Lane<Order> asks, Lane<Order.Download> downloads)
    {
        await using var alarm = clock.Time.CreateTimer(_ => inbox.Writer.TryWrite(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var giveUp = clock.Time.CreateTimer(_ => EndDraining(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var drained = signals.Drain.Register(() => inbox.Writer.TryWrite(null));
        await using var aborted = signals.Abort.Register(() => inbox.Writer.TryWrite(null));
        var isStopping = false;
        while (true)
        {
            if (!isStopping && ShouldStop())
            {
                isStopping = true;
                await repeatable.CancelAsync();
                giveUp.Change(parts.Options.DrainTime, Timeout.InfiniteTimeSpan);
            }

            if (signals.Abort.IsCancellationRequested || isTimeUp)
            {
                await costly.CancelAsync();
            }

            while (dispatcher.Next(clock.Now) is { } order)
            {
                narrator.Ordered(order);
                await (order switch
                {
                    Order.Submit submission => deliveries.Put(submission),
                    Order.Download fetch => downloads.Put(fetch),
                    _ => asks.Put(order),
                });
            }

            narrator.Say();
            if (dispatcher.IsFinished)
            {
                return;
            }

            if (Soonest() is { } wake)
            {
                var wait = wake - clock.Now;
                alarm.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }

            await TakeFacts();
        }
    }

    void EndDraining()
    {
        isTimeUp = true;
        inbox.Writer.TryWrite(null);
    }

    DateTimeOffset? Soonest()
    {
        var wake = dispatcher.WakeAt();
        var end = clock.Start + parts.Options.MaxDuration;
        return wake is null || end < wake ? end ?? wake : wake;
    }

    async Task TakeFacts()
    {
        var fact = await inbox.Reader.ReadAsync();
        do
        {
            if (fact is not null)
            {
                var before = fact.Work.State;
                dispatcher.Take(fact, clock.Now);
                // Heard of: the next create need not wait until it is told as well.
                if (Interlocked.CompareExchange(ref creating, null, fact.Work) == fact.Work)
                {
                    turn.Release();
                }

                narrator.Happened(fact, before);
            }
        }
        while (inbox.Reader.TryRead(out fact));
    }

    bool ShouldStop()
    {
        if (signals.Drain.IsCancellationRequested)
        {
            dispatcher.Rules.Stop(signals.Why());
            return true;
        }

        if (parts.Options.MaxDuration is { } most && clock.Now - clock.Start >= most)
        {
            dispatcher.Rules.Stop(StopReason.MaxDuration);
            return true;
        }

        return dispatcher.Rules.IsStopping;
    }

    async Task Deliver(Order.Submit order, Lane<(Order.Submit Order, ReadOnlyMemory<byte> Body)> creates)
    {
        try
        {
            var (body, instead) = await deliver.Take(order.Work, repeatable.Token);
            if (instead is not null)
            {
                Report(instead);
                return;
            }

            await creates.Put((order, body));
        }
        catch (OperationCanceledException) when (repeatable.IsCancellationRequested)
        {
            Report(new Fact.GivenUp(order.Work, order.Work.State));
        }
    }

    // Once begun, a create is not cut off but by the end of the time a stopping run has.
    async Task Create((Order.Submit Order, ReadOnlyMemory<byte> Body) item)
    {
        var (order, body) = item;
        var work = order.Work;
        await turn.WaitAsync(CancellationToken.None);
        Volatile.Write(ref creating, work);
        Report(Volatile.Read(ref broken) is not null || signals.Drain.IsCancellationRequested || dispatcher.Rules.IsSubmittingStopped || work.IsRevoked
            ? new Fact.NotSubmitted(work, work.State, Obstacle.Stopped, "nothing more is submitted", null)
            : await submit.Take(order, dispatcher.BytesComing, body, dispatcher.Policy, costly.Token));
    }

    Task Ask(Order order) => Repeatable(
        order.Work, cancel => ask.Take(order.Work, order is Order.Withdraw, order is Order.Ask asked ? asked.Times : default, cancel), repeatable.Token);

    Task Download(Order.Download order) => Repeatable(order.Work, cancel => download.Take(order.Work, cancel), costly.Token);

    async Task Repeatable(Work work, Func<CancellationToken, Task<Fact>> step, CancellationToken cancel)
    {
        try
        {
            Report(await step(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Report(new Fact.GivenUp(work, parts.Store.Get(work.Key)));
        }
    }

    void Report(Fact fact) => inbox.Writer.TryWrite(fact);
}
