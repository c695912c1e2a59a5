using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;

namespace BatchRunner.Journaling;

/// <summary>The jobs of one run's folder: their states in memory, their facts in the journal, both changed under one lock.</summary>
sealed class JournalStore : IJobStore, IAsyncDisposable
{
    const int JobsAtOnce = 2_000;

    readonly Lock gate = new();
    readonly JournalTerms terms;
    readonly JournalFold fold;
    readonly JournalWriter writer;
    readonly RecordWriter records;
    readonly RunLock? held;
    readonly Witness witness;
    readonly IReadOnlyList<Diagnostic> notes;

    internal JournalStore(
        RunFolder folder,
        JournalTerms terms,
        JournalFold fold,
        JournalWriter writer,
        RecordWriter records,
        RunLock? held,
        Witness witness,
        IEnumerable<Diagnostic> notes)
    {
        (Folder, this.terms, this.fold, this.writer, this.records) = (folder, terms, fold, writer, records);
        (this.held, this.witness, this.notes) = (held, witness, [.. notes]);
    }

    public RunFolder Folder { get; }

    /// <summary>Where to save an id that the journal does not take.</summary>
    public EmergencyIds Emergency => new(terms.EmergencyFolder, fold.Header?.Folder ?? "");

    public JournalContents Contents
    {
        get
        {
            lock (gate)
            {
                return fold.ToContents();
            }
        }
    }

    public (decimal Spent, decimal Reserved) Money
    {
        get
        {
            lock (gate)
            {
                return (fold.Spent, fold.Reserved);
            }
        }
    }

    public JobState Get(JobKey key)
    {
        lock (gate)
        {
            return fold.Find(key)?.State ?? JobState.New;
        }
    }

    public JobSpec? OwnerOf(TaskId task)
    {
        lock (gate)
        {
            return fold.OwnerOf(task)?.Spec;
        }
    }

    public async ValueTask<AppendAnswer> RecordPlan(IEnumerable<JobSpec> jobs, CancellationToken cancel)
    {
        // A long plan is written in pieces: it would be in memory three times else.
        using var pieces = jobs.Chunk(JobsAtOnce).GetEnumerator();
        var order = new List<int>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var (isMore, isNew) = (pieces.MoveNext(), false);
        do
        {
            var piece = isMore ? pieces.Current : [];
            isMore = isMore && pieces.MoveNext();
            Task<string?>? written;
            lock (gate)
            {
                var news = Names(piece, order, numbers);
                if (!isMore)
                {
                    news.AddRange(Ordered(order));
                }

                written = news.Count == 0 ? null : writer.Append(news, durable: true);
            }

            if (written is not null)
            {
                isNew = true;
                if (await written is { } reason)
                {
                    return new AppendAnswer.DiskFailed(reason);
                }
            }
        }
        while (isMore);

        return isNew ? new AppendAnswer.Appended(JobState.New) : new AppendAnswer.Ignored(JobState.New);
    }

    public async ValueTask<AppendAnswer> RecordOrigin(RunOrigin origin, CancellationToken cancel)
    {
        Task<string?> written;
        lock (gate)
        {
            if (origin.IsSame(fold.Origin))
            {
                return new AppendAnswer.Ignored(JobState.New);
            }

            var began = new JournalRecord.Began(origin);
            fold.Apply(began);
            written = writer.Append([began], durable: true);
        }

        return await written is { } reason ? new AppendAnswer.DiskFailed(reason) : new AppendAnswer.Appended(JobState.New);
    }

    public async ValueTask<AppendAnswer> RecordRetake(JobKey key, int take, CancellationToken cancel)
    {
        Task<string?> written;
        JobState state;
        lock (gate)
        {
            if (fold.Find(key) is not { } entry || entry.Takes >= take)
            {
                return new AppendAnswer.Ignored(JobState.New);
            }

            var retaken = new JournalRecord.Retaken(entry.Number, take);
            fold.Apply(retaken);
            written = writer.Append([retaken], durable: true);
            state = entry.State;
        }

        return await written is { } reason ? new AppendAnswer.DiskFailed(reason) : new AppendAnswer.Appended(state);
    }

    public async ValueTask<SubmitGrant> BeginSubmit(JobKey key, SubmitTerms submit, CancellationToken cancel)
    {
        Task<string?> written;
        JobState state;
        lock (gate)
        {
            if (writer.Broken is { } broken)
            {
                return new SubmitGrant.DiskFailed(broken);
            }

            var entry = fold.Find(key);
            if (entry is null
                || JobLife.Decide(entry.State, submit.Policy, submit.At) is not NextStep.Submit ready
                || ready.NotBefore > submit.At)
            {
                return new SubmitGrant.NotReady(entry?.State ?? JobState.New);
            }

            if (fold.Alive(entry.Spec.Model) is var alive && alive >= submit.MaxAlive)
            {
                return new SubmitGrant.Full(alive);
            }

            if (submit.MaxCredits is { } cap && fold.Spent + fold.Reserved + submit.Price > cap)
            {
                return new SubmitGrant.OverBudget(submit.Price, fold.Spent, fold.Reserved, cap);
            }

            written = Record(entry, new JobEvent.Intended(submit.At, entry.State.Fence + 1, submit.Price, submit.Catalogue));
            state = fold.At(entry.Number).State;
        }

        return await written is { } reason ? new SubmitGrant.DiskFailed(reason) : new SubmitGrant.Granted(state.Fence, state);
    }

    public async ValueTask<AppendAnswer> Append(JobKey key, JobEvent happened, CancellationToken cancel)
    {
        Task<string?> written;
        JobState state;
        lock (gate)
        {
            if (writer.Broken is { } broken)
            {
                return NotSaved(key, happened, broken);
            }

            if (fold.Find(key) is not { } entry)
            {
                return new AppendAnswer.Ignored(JobState.New);
            }

            if (happened is not (JobEvent.Settled or JobEvent.TaskFound) && happened.Fence != 0 && happened.Fence != entry.State.Fence)
            {
                return new AppendAnswer.Stale(entry.State);
            }

            if (ReferenceEquals(JobLife.Apply(entry.State, happened), entry.State))
            {
                return new AppendAnswer.Ignored(entry.State);
            }

            written = Record(entry, happened);
            state = fold.At(entry.Number).State;
        }

        return await written is { } reason ? NotSaved(key, happened, reason) : new AppendAnswer.Appended(state);
    }

    // An id is money: it gets a second place.
    AppendAnswer.DiskFailed NotSaved(JobKey key, JobEvent happened, string reason)
    {
        if (happened is not JobEvent.Submitted submitted)
        {
            return new AppendAnswer.DiskFailed(reason);
        }

        return new AppendAnswer.DiskFailed(Emergency.Save(key, submitted.Fence, submitted.Task) is { } worse
            ? $"{reason}; its task's id could not be kept in `{Emergency.Path}` either: {worse}"
            : $"{reason}; its task's id is kept in `{Emergency.Path}`");
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        witness.Dispose();
        held?.Dispose();
    }

    /// <summary>The first records of this run; why they could not be saved, or null, and what there is to say.</summary>
    internal async ValueTask<(string? Failure, IReadOnlyList<Diagnostic> Notes)> Begin(long cut, DateTimeOffset now)
    {
        var written = Task.FromResult<string?>(null);
        lock (gate)
        {
            var news = new List<JournalRecord>();
            if (fold.Header is null)
            {
                news.Add(new JournalRecord.Headed(new JournalHeader
                {
                    Format = JournalHeader.NewestFormat,
                    Tool = terms.Tool,
                    KeyVersion = JobKey.Version,
                    Folder = Guid.NewGuid().ToString("N"),
                    Name = terms.Name,
                    Against = terms.Against,
                }));
            }

            if (cut > 0)
            {
                news.Add(new JournalRecord.TailCut(cut));
            }

            news.ForEach(record => fold.Apply(record));
            if (fold.Header is { } header)
            {
                witness.Begin(header.Folder);
            }

            news.AddRange(FoundAgain(now));
            if (news.Count > 0)
            {
                written = writer.Append(news, durable: true);
            }
        }

        if (await written is { } failure)
        {
            return (failure, notes);
        }

        Emergency.Clear();
        return (null, notes);
    }

    // An intent without an id is unknown, whatever it looks like, unless its id is in the second place.
    List<JournalRecord> FoundAgain(DateTimeOffset now)
    {
        var ids = Emergency.Read().ToLookup(id => (id.Job, id.Fence), id => id.Task);
        var news = new List<JournalRecord>();
        for (var number = 1; number <= fold.Count; number++)
        {
            var entry = fold.At(number);
            if (entry.State.Phase is not (JobPhase.Intent or JobPhase.Unknown))
            {
                continue;
            }

            JobEvent? found = ids[(entry.Spec.Key, entry.State.Fence)].Where(task => fold.OwnerOf(task) is null).Select(task =>
                new JobEvent.TaskFound(now, entry.State.Fence, task, "the emergency file")).FirstOrDefault();
            found ??= entry.State.Phase == JobPhase.Intent
                ? new JobEvent.Lost(now, entry.State.Fence, JournalFold.LostWithItsRun)
                : null;
            if (found is not null)
            {
                var record = new JournalRecord.Happened(number, found);
                fold.Apply(record);
                news.Add(record);
            }
        }

        return news;
    }

    Task<string?> Record(JournaledJob entry, JobEvent happened)
    {
        var record = new JournalRecord.Happened(entry.Number, happened);
        fold.Apply(record);

        // What a task was seen doing can be seen again; everything else is on the disk before it counts.
        return writer.Append([record], durable: happened is not JobEvent.Seen);
    }

    List<JournalRecord> Names(IReadOnlyList<JobSpec> jobs, List<int> order, Dictionary<string, int> numbers)
    {
        var news = new List<JournalRecord>();
        foreach (var spec in jobs)
        {
            var entry = spec.SharesWith is null ? fold.Find(spec.Key) : fold.FindSharing(spec.Key, spec.Id);
            if (entry is null || !Naming.IsSame(entry.Spec, spec))
            {
                news.AddRange(records.NewAxes(spec));
                int? shares = spec.SharesWith is { } id && numbers.TryGetValue(id, out var owner) ? owner : null;
                var named = new JournalRecord.JobNamed(entry?.Number ?? fold.Count + 1, spec, entry?.Shares ?? shares);
                fold.Apply(named);
                news.Add(named);
                order.Add(named.Number);
            }
            else
            {
                order.Add(entry.Number);
            }

            numbers[spec.Id] = order[^1];
        }

        return news;
    }

    IEnumerable<JournalRecord> Ordered(List<int> order)
    {
        if (order.SequenceEqual(fold.Order))
        {
            return [];
        }

        var planned = new JournalRecord.Planned(order);
        fold.Apply(planned);
        return [planned];
    }
}
